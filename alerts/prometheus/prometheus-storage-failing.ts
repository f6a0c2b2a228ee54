import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { walWritesFailed, walCorruptions, walTruncationsFailed, compactionsFailed } = prometheus;

/**
 * Failures of operations that Prometheus repeats. Corruption is found only once, when Prometheus starts, so that its
 * counter has a longer window.
 */
const repeated = [walWritesFailed, walTruncationsFailed, compactionsFailed];

const failures = [...repeated, walCorruptions];

const increases = repeated.map((failure) => `increase(${failure}[5m])`).join(" + ");

/**
 * A Prometheus that cannot write cannot store these metrics either. Then its replica reports them, or
 * PrometheusNotIngesting fires.
 */
export const prometheusStorageFailing = alert({
  name: "PrometheusStorageFailing",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`sum by (pod) (${increases} + increase(${walCorruptions}[15m]))`,
  on: ["pod"],
  above: count(0),
  for: "10m",
  summary: "Prometheus cannot write samples to its volume, or found corrupt data there.",
  description:
    "{{ $labels.pod }} repeatedly fails to write, truncate or compact its samples, or found corruption in its write-ahead log.",
  scenarios: {
    ...Object.fromEntries(
      repeated.map((failing) => [
        `${failing} keeps rising`,
        fires({
          given: failures.map((one) =>
            samples(one, [rises(0, "10m"), rises(one === failing ? 1 / 60 : 0, lasting("20m")), rises(0, "30m")]),
          ),
          onset: "10m",
          after: lasting("-15s"),
          by: lasting("30s"),
          resolves: { after: lasting("24m"), by: lasting("25m") },
        }),
      ]),
    ),
    "corruption is found once": fires({
      given: failures.map((one) =>
        samples(one, [holds(0, "10m"), holds(one === walCorruptions ? 1 : 0, lasting("50m"))]),
      ),
      onset: "10m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: "14m30s", by: "15m15s" },
    }),
    "a write fails once": blip({
      given: failures.map((one) => samples(one, [holds(0, "10m"), holds(one === walWritesFailed ? 1 : 0, "1h")])),
    }),
    "all failures are old": silent({ given: failures.map((one) => samples(one, [holds(3, "1h")])) }),
    "nothing is counted": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
