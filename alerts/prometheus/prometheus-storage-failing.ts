import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, lost, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { inSeconds } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { startTime, walWritesFailed, walCorruptions, walTruncationsFailed, compactionsFailed } = prometheus;

/** Failures of operations that Prometheus repeats. */
const repeated = [walWritesFailed, walTruncationsFailed, compactionsFailed];

const failures = [...repeated, walCorruptions];

/** More than twice `for`, so that the alert can still fire after a team has doubled it. */
const youngSeconds = 30 * 60;

const increases = repeated.map((failure) => `increase(${failure}[5m])`).join(" + ");

/**
 * Samples of a Prometheus that is killed after ten minutes. Of the time before, it has lost as much as `lostTime`, together
 * with the time until it answers again. Then it has found this many corruptions.
 */
const restartSamples = (lostTime: string, corruptions: number) => [
  ...failures.map((one) =>
    samples(one, [holds(0, "10m"), lost(lostTime), holds(one === walCorruptions ? corruptions : 0, lasting("50m"))]),
  ),
  samples(startTime, [
    holds(-86_400, "10m"),
    lost(lostTime),
    holds(10 * 60 + inSeconds(lostTime) - 15, lasting("50m")),
  ]),
];

/**
 * A Prometheus that cannot write cannot store these metrics either. Then its replica reports them, or
 * PrometheusNotIngesting fires.
 *
 * It looks for corruption only when it starts, so that the counter is 1 in its first sample. The samples after the corrupt
 * record are lost, and with them often every sample of a range before it: the value counts while the process is young, and no
 * increase is needed.
 */
export const prometheusStorageFailing = alert({
  name: "PrometheusStorageFailing",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`
    count by (pod) (time() - ${startTime} < ${youngSeconds} and ${walCorruptions} > 0)
      or sum by (pod) (${increases})`,
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
    ...Object.fromEntries(
      // Measured with Prometheus 3.14 after 4 KiB of its newest segment were overwritten: it lost 195 s, and 945 s later.
      ["195s", "945s"].map((lostTime) => [
        `the write-ahead log is repaired and ${lostTime} are lost`,
        fires({
          given: restartSamples(lostTime, 1),
          onset: `${10 * 60 + inSeconds(lostTime)}s`,
          after: lasting("-15s"),
          by: lasting(),
          resolves: { after: "29m30s", by: "30m" },
        }),
      ]),
    ),
    "Prometheus is killed and its write-ahead log is whole": silent({ given: restartSamples("45s", 0) }),
    "a write fails once": blip({
      given: failures.map((one) => samples(one, [holds(0, "10m"), holds(one === walWritesFailed ? 1 : 0, "1h")])),
    }),
    "all failures are old": silent({
      given: [
        ...failures.map((one) => samples(one, [holds(3, "1h")])),
        samples(startTime, [holds(-youngSeconds, "1h")]),
      ],
    }),
    "nothing is counted": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
