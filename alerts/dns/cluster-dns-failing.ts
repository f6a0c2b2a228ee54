import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, repeatParts, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { dns } from "../../metrics/dns/dns-metrics";

const { addressFamily } = dns;

const lookups = (...parts: Part[]) => [samples(addressFamily, parts)];

/**
 * Without DNS, most programs of the cluster fail in their own way. The alert rests on the name of the Kubernetes API,
 * which always exists: a name that is not found would otherwise be a Service that was deleted. Names outside of the
 * cluster are not looked up. The alert fires before the probes of the ERP do, which it inhibits. It keeps firing until
 * Alertmanager has had the time to deliver it: receivers are found by DNS too, and Alertmanager tries again within a
 * minute.
 */
export const clusterDnsFailing = alert({
  name: "ClusterDnsFailing",
  group: "platform-availability",
  severity: "critical",
  service: "dns",
  team: "platform",
  cause: "dns",
  measure: promql`max(clamp_max(avg_over_time(${addressFamily}[1m]) / 4, 1))`,
  below: ratio(0.5),
  for: "15s",
  keepFiringFor: "2m",
  summary: "DNS of the cluster fails: programs cannot find each other by name.",
  description: `${valueText("ratio")} of the look-ups of the Kubernetes API's name succeeded in the last minute. Until DNS works again, notifications and the heartbeat are delayed, probes of the ERP fail although the ERP may work, and the ERP cannot open new connections to its servers.`,
  scenarios: {
    "CoreDNS has no pods": fires({
      given: lookups(holds(4, "5m"), holds(0, lasting("9m45s")), holds(4, "10m")),
      onset: "5m",
      after: lasting("15s"),
      by: lasting("30s"),
      resolves: { after: lasting("11m45s"), by: lasting("12m30s") },
    }),
    "two of three look-ups fail": fires({
      given: lookups(holds(4, "5m"), ...repeatParts([holds(0, "30s"), holds(4, "15s")], 20)),
      onset: "5m",
      after: lasting(),
      by: lasting("1m30s"),
    }),
    "two of three look-ups of IPv6 addresses fail": fires({
      given: lookups(holds(6, "5m"), ...repeatParts([holds(0, "45s"), holds(6, "15s")], 20)),
      onset: "5m",
      after: lasting(),
      by: lasting("1m30s"),
    }),
    "every other look-up fails": silent({
      given: lookups(holds(4, "2m"), ...repeatParts([holds(0, "15s"), holds(4, "15s")], 20)),
      because: "programs try again, and the limit is one half",
    }),
    "the pod of CoreDNS is replaced, and three look-ups fail": blip({
      given: lookups(holds(4, "5m"), holds(0, "15s"), holds(4, "15s"), holds(0, "30s"), holds(4, "10m")),
    }),
    "one of two exporters cannot look up names": silent({
      given: [
        ...lookups(holds(4, "15m")),
        samples(addressFamily, [holds(4, "5m"), holds(0, "10m")], {
          pod: "blackbox-exporter-1",
          instance: "10.0.0.2:9115",
        }),
      ],
      because: "the fault is on the node of that exporter",
    }),
    "the exporter is gone": absence(silent({ given: lookups(gone("20m")), because: "PlatformTargetsMissing fires" })),
  },
});
