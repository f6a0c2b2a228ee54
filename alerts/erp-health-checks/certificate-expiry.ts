import { type Alert, type AlertForm, alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpPublicProbe } from "../../metrics/erp-health-checks/erp-probe-metrics";

const { certificateExpiry } = erpPublicProbe;

const day = 86_400;

const alone = "a certificate that expires in time comes nearer to its end";

/** Of another host, and of a replica of this host that another exporter reaches and that has been renewed. */
const others: readonly Readonly<Record<string, string>>[] = [
  { instance: "https://other.example.com/" },
  { namespace: "monitoring" },
];

const otherCertificates = (limit: number) =>
  others.map((labels) => samples(certificateExpiry, [holds(3 * limit + 90 * day, "2h30m")], labels));

/** Probes that got no answer say nothing of the certificate, so that the last one of an hour counts. */
export function certificate(days: number, form: Pick<AlertForm, "name" | "severity" | "summary">): Alert {
  return alert({
    ...form,
    group: "erp-health-checks",
    service: "erp-api",
    team: "erp",
    measure: promql`min by (instance) (last_over_time(${certificateExpiry}[1h])) - time()`,
    on: ["instance"],
    below: seconds(days * day),
    for: "15m",
    description: `The certificate of {{ $labels.instance }} is valid for another ${valueText("seconds")}.`,
    scenarios: {
      "half an hour passes until the limit, and it is renewed an hour later": fires({
        alone,
        given: (limit) => [
          samples(certificateExpiry, [holds(limit + 1800, lasting("1h15m")), holds(limit + 90 * day, "30m")]),
          ...otherCertificates(limit),
        ],
        onset: "30m",
        after: lasting(),
        by: lasting("30s"),
        resolves: { after: lasting("44m45s"), by: lasting("45m") },
      }),
      "it was renewed in time": silent({
        given: (limit) => [samples(certificateExpiry, [holds(1.4 * limit, "2h")])],
      }),
      "one of two replicas shows the old one for some minutes": blip({
        given: (limit) => [
          samples(certificateExpiry, [holds(2 * limit, "10m"), holds(0.9 * limit, "5m"), holds(2 * limit, "30m")]),
        ],
      }),
      "the endpoint stops answering before it is renewed": fires({
        alone,
        given: (limit) => [
          samples(certificateExpiry, [holds(0.9 * limit, "10m"), gone("2h")]),
          ...otherCertificates(limit),
        ],
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: "1h9m30s", by: "1h10m" },
      }),
      "the endpoint was never probed": absence(silent({ given: [], because: "ErpTargetsDown tells it" })),
    },
  });
}
