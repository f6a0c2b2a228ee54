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

const alone = "the remaining time of a certificate shrinks by itself";

/** Labels of the certificates of another host, and of the same host as probed by another exporter. */
const others: readonly Readonly<Record<string, string>>[] = [
  { instance: "https://other.example.com/" },
  { namespace: "monitoring" },
];

const otherCertificates = (limit: number) =>
  others.map((labels) => samples(certificateExpiry, [holds(3 * limit + 90 * day, "2h30m")], labels));

/**
 * An alert on the remaining validity of the public certificate. Probes without an answer do not report the certificate,
 * so that the last value of an hour counts.
 */
export function certificateExpiryAlert(days: number, form: Pick<AlertForm, "name" | "severity" | "summary">): Alert {
  return alert({
    ...form,
    group: "erp-health-checks",
    service: "erp-api",
    team: "erp",
    measure: promql`min by (instance) (last_over_time(${certificateExpiry}[1h])) - time()`,
    on: ["instance"],
    below: seconds(days * day),
    for: "15m",
    description: `The certificate of {{ $labels.instance }} expires in ${valueText("seconds")}.`,
    scenarios: {
      "the certificate crosses the limit and is renewed later": fires({
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
      "the certificate was renewed in time": silent({
        given: (limit) => [samples(certificateExpiry, [holds(1.4 * limit, "2h")])],
      }),
      "one of two replicas serves the old certificate for five minutes": blip({
        given: (limit) => [
          samples(certificateExpiry, [holds(2 * limit, "10m"), holds(0.9 * limit, "5m"), holds(2 * limit, "30m")]),
        ],
      }),
      "the endpoint stops answering before the certificate is renewed": fires({
        alone,
        given: (limit) => [
          samples(certificateExpiry, [holds(0.9 * limit, "10m"), gone("2h")]),
          ...otherCertificates(limit),
        ],
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: "1h9m30s", by: "1h10m" },
      }),
      "the endpoint was never probed": absence(silent({ given: [], because: "ErpTargetsMissing fires" })),
    },
  });
}
