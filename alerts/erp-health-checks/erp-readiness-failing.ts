import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, rises } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { kubeletProbes } from "../../metrics/kubernetes/kubelet-probe-metrics";
import { failed, podSamples } from "./kubelet-probe-samples";

const { probes } = kubeletProbes;

const readiness = (which = "") =>
  promql`sum by (namespace, container) (rate(${probes}{container="${erpApiJob.name}",probe_type="Readiness"${which}}[5m]))`;

/**
 * Some pods receive no requests, or all of them are unready from time to time. If all pods are unready, ErpProbeFailing
 * pages.
 */
export const erpReadinessFailing = alert({
  name: "ErpReadinessFailing",
  group: "erp-health-checks",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["erp-service", "postgresql", "dns"],
  measure: promql`(${readiness(failed)} or 0 * ${readiness()}) / ${readiness()}`,
  on: ["namespace", "container"],
  above: ratio(0.2),
  littleTraffic: "the kubelet probes at a steady pace",
  for: "5m",
  summary: "Some API pods of the ERP are not ready and get no requests.",
  description: `${valueText("ratio")} of the readiness probes of {{ $labels.container }} in {{ $labels.namespace }} fail.`,
  scenarios: {
    "one of four pods becomes unready": fires({
      given: [
        ...podSamples(
          "Readiness",
          "a",
          [rises(0.2, "10m"), rises(0, lasting("15m")), rises(0.2, "10m")],
          [holds(0, "10m"), rises(0.2, lasting("15m")), rises(0, "10m")],
        ),
        ...podSamples("Readiness", "b", [rises(0.6, "40m")], [holds(0, "40m")]),
      ],
      onset: "10m",
      after: lasting("3m30s"),
      by: lasting("4m30s"),
      resolves: { after: lasting("15m45s"), by: lasting("16m30s") },
    }),
    "one of six probes fails": silent({
      given: podSamples("Readiness", "a", [rises(0.5, "40m")], [rises(0.1, "40m")]),
      because: "the other pods serve the requests",
    }),
    "the only pod is unready for ninety seconds": blip({
      given: podSamples(
        "Readiness",
        "a",
        [rises(0.2, "10m"), rises(0, "90s"), rises(0.2, "10m")],
        [holds(0, "10m"), rises(0.2, "90s"), rises(0, "10m")],
      ),
    }),
    "the kubelet is not scraped": absence(
      silent({ given: podSamples("Readiness", "a", [gone("30m")], []), because: "PlatformTargetsMissing fires" }),
    ),
  },
});
