import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { lasting } from "../../kit/alerts/story-time";
import { promql } from "../../kit/queries/query";
import { erpPublicProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";

const { certificateExpiry } = erpPublicProbe;

const day = 86_400;

/** Probes that got no answer say nothing of the certificate, so that the last one of an hour counts. */
export function certificate(days: number, form: Pick<AlertForm, "name" | "severity" | "summary">): Alert {
  const limit = days * day;
  const expiresAt = (at: number, time: string) => holds(at, time);
  return alert({
    ...form,
    group: "erp-health-checks",
    service: "erp-api",
    team: "erp",
    measure: promql`min by (instance) (last_over_time(${certificateExpiry}[1h])) - time()`,
    on: ["instance"],
    below: seconds(limit),
    for: "15m",
    description: "The certificate of {{ $labels.instance }} is valid for another {{ $value | humanizeDuration }}.",
    scenarios: {
      "half an hour passes until the limit, and it is renewed an hour later": fires({
        given: [samples(certificateExpiry, [expiresAt(limit + 1800, "1h30m"), expiresAt(limit + 90 * day, "30m")])],
        onset: "30m",
        after: lasting(),
        by: lasting("30s"),
        resolves: { after: lasting("44m45s"), by: lasting("45m") },
      }),
      "it was renewed in time": silent({ given: [samples(certificateExpiry, [expiresAt(1.4 * limit, "2h")])] }),
      "one of two replicas shows the old one for some minutes": blip({
        given: [
          samples(certificateExpiry, [
            expiresAt(2 * limit, "10m"),
            expiresAt(0.9 * limit, "5m"),
            expiresAt(2 * limit, "30m"),
          ]),
        ],
      }),
      "the endpoint stops answering before it is renewed": fires({
        given: [samples(certificateExpiry, [expiresAt(0.9 * limit, "10m"), gone("2h")])],
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("54m30s"), by: lasting("55m") },
      }),
      "the endpoint was never probed": absence(silent({ given: [], because: "ErpTargetsDown tells it" })),
    },
  });
}
