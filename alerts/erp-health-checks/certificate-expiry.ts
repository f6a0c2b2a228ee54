import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
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
    description: `The certificate of {{ $labels.instance }} is valid for another ${valueText("seconds")}.`,
    scenarios: {
      "half an hour passes until the limit, and it is renewed an hour later": fires({
        given: [samples(certificateExpiry, [expiresAt(limit + 1800, "1h30m"), expiresAt(limit + 90 * day, "30m")])],
        onset: "30m",
        after: "15m",
        by: "15m30s",
        resolves: { after: "59m45s", by: "1h" },
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
        after: "14m45s",
        by: "15m",
        resolves: { after: "1h9m30s", by: "1h10m" },
      }),
      "the endpoint was never probed": absence(silent({ given: [], because: "ErpTargetsDown tells it" })),
    },
  });
}
