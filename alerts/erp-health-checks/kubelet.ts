import { alert } from "../../kit/alerts/alert";
import { count, ratio } from "../../kit/alerts/limit";
import { holds, isGone, type Part, repeated, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { jobs } from "../../metrics/jobs";
import { kubeletProbes } from "../../metrics/kubernetes/kubelet-probe-metrics";

const { probes } = kubeletProbes;
const failed = ',result="failed"';
const readiness = (which = "") =>
  promql`sum by (namespace, container) (rate(${probes}{container="${jobs.erpApi.name}",probe_type="Readiness"${which}}[5m]))`;
const liveness = (which = "") =>
  promql`sum by (namespace, container) (increase(${probes}{container=~"${jobs.erpApi.name}|${jobs.erpWorker.name}",probe_type="Liveness"${which}}[10m]))`;

/** Of one pod: probes that succeed, and probes that fail. */
const pod = (probe_type: string, name: string, well: readonly Part[], ill: readonly Part[]) => [
  samples(probes, well, { pod: name, pod_uid: name, probe_type, result: "successful" }),
  samples(probes, ill, { pod: name, pod_uid: name, probe_type, result: "failed" }),
];

/** Some pods get no requests, or all of them none now and then. Where it is all of them, ErpProbeFailing pages. */
export const erpReadinessFailing = alert({
  name: "ErpReadinessFailing",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["erp-service", "postgresql", "redis"],
  measure: promql`(${readiness(failed)} or 0 * ${readiness()}) / ${readiness()}`,
  on: ["namespace", "container"],
  above: ratio(0.2),
  for: "5m",
  summary: "Pods of the ERP's API say that they are not ready.",
  description: "{{ $value | humanizePercentage }} of the readiness probes of {{ $labels.container }} fail.",
  scenarios: {
    "one of four pods is not ready any more": fires({
      given: [
        ...pod(
          "Readiness",
          "a",
          [rises(0.2, "10m"), rises(0, "20m"), rises(0.2, "10m")],
          [holds(0, "10m"), rises(0.2, "20m"), rises(0, "10m")],
        ),
        ...pod("Readiness", "b", [rises(0.6, "40m")], [holds(0, "40m")]),
      ],
      onset: "10m",
      after: "8m30s",
      by: "9m30s",
      resolves: { after: "20m45s", by: "21m30s" },
    }),
    "one of six probes fails": silent({
      given: pod("Readiness", "a", [rises(0.5, "40m")], [rises(0.1, "40m")]),
      because: "the others make up for it",
    }),
    "the only pod needs ninety seconds to recover": blip({
      given: pod(
        "Readiness",
        "a",
        [rises(0.2, "10m"), rises(0, "90s"), rises(0.2, "10m")],
        [holds(0, "10m"), rises(0.2, "90s"), rises(0, "10m")],
      ),
    }),
    "the kubelet tells nothing": absence(
      silent({ given: pod("Readiness", "a", [isGone("30m")], []), because: "PlatformTargetsDown tells it" }),
    ),
  },
});

/**
 * The process hangs, for its liveness asks nobody else; after the third failure in a row the kubelet kills it. A count
 * begins with the first failure, which `increase` does not see: it takes a second one.
 */
export const erpLivenessFailing = alert({
  name: "ErpLivenessFailing",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["node"],
  measure: promql`${liveness(failed)} or 0 * ${liveness()}`,
  on: ["namespace", "container"],
  above: count(2),
  for: "10m",
  summary: "Processes of the ERP hang, and are restarted for it.",
  description:
    "{{ $value | humanize }} liveness probes of {{ $labels.container }} failed within ten minutes; three in a row end a pod's process.",
  scenarios: {
    "the kubelet kills it every five minutes": fires({
      given: pod("Liveness", "a", [], [...repeated([rises(0.1, "30s"), rises(0, "4m30s")], 8), rises(0, "30m")]),
      after: "9m",
      by: "11m",
      resolves: { after: "44m30s", by: "46m" },
    }),
    "it hangs every four minutes": fires({
      given: pod("Liveness", "a", [], [rises(1 / 240, "1h")]),
      after: "10m",
      by: "21m",
    }),
    "it hangs every six minutes": silent({
      given: pod("Liveness", "a", [], [rises(1 / 360, "2h")]),
      because: "one probe in a hundred is not worth a look",
    }),
    "the kubelet kills it once": blip({
      given: pod("Liveness", "a", [], [holds(0, "10m"), rises(0.1, "30s"), rises(0, "30m")]),
    }),
    "no probe ever failed": absence(
      silent({
        given: pod("Liveness", "a", [rises(0.1, "30m")], []),
        because: "only then is there a count of failures",
      }),
    ),
  },
});
