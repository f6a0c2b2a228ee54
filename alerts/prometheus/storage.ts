import { alert } from "../../kit/alerts/alert";
import { count, ratio } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const common = { severity: "warning", service: "prometheus", team: "platform" } as const;
const blind = "what cannot be scraped has an alert of its own";

const { walWritesFailed, walCorruptions, walTruncationsFailed, compactionsFailed } = prometheus;
/** Tried again and again. Damage is found once, when Prometheus starts, and is told however long ago that was. */
const repeated = [walWritesFailed, walTruncationsFailed, compactionsFailed];
const failures = [...repeated, walCorruptions];
const counted = repeated.map((failure) => `increase(${failure}[5m])`).join(" + ");

/** A Prometheus that cannot write does not write this either: of that its twin tells, or PrometheusNotIngesting. */
export const prometheusStorageFailing = alert({
  ...common,
  name: "PrometheusStorageFailing",
  measure: promql`sum by (pod) (${counted} + increase(${walCorruptions}[15m]))`,
  on: ["pod"],
  above: count(0),
  for: "10m",
  summary: "Prometheus cannot write its samples to the volume, or found some damaged.",
  description:
    "{{ $labels.pod }} goes on failing to write, shorten or compact its samples, or found damage in its log.",
  scenarios: {
    ...Object.fromEntries(
      repeated.map((failing) => [
        `${failing} goes on rising`,
        fires({
          given: failures.map((one) =>
            samples(one, [rises(0, "10m"), rises(one === failing ? 1 / 60 : 0, "30m"), rises(0, "30m")]),
          ),
          onset: "10m",
          after: "9m45s",
          by: "10m30s",
          resolves: { after: "34m", by: "35m" },
        }),
      ]),
    ),
    "damage is found once": fires({
      given: failures.map((one) => samples(one, [holds(0, "10m"), holds(one === walCorruptions ? 1 : 0, "1h")])),
      onset: "10m",
      after: "9m45s",
      by: "10m",
      resolves: { after: "14m30s", by: "15m15s" },
    }),
    "a write fails once": blip({
      given: failures.map((one) => samples(one, [holds(0, "10m"), holds(one === walWritesFailed ? 1 : 0, "1h")])),
    }),
    "nothing has failed for long": silent({ given: failures.map((one) => samples(one, [holds(3, "1h")])) }),
    "nothing is counted": absence(silent({ given: [], because: blind })),
  },
});

const { blocks, wal, headChunks, retentionSize } = prometheus;
const taken = ratio(0.9);
const slow = { stepSeconds: 60 } as const;
const gigabyte = 1e9;
const volume = (share: number) => [
  samples(retentionSize, [holds(80 * gigabyte, "5h")]),
  samples(wal, [holds(2 * gigabyte, "5h")]),
  samples(headChunks, [holds(1 * gigabyte, "5h")]),
  samples(blocks, [holds(40 * gigabyte, "1h"), holds((80 * share - 3) * gigabyte, "2h"), holds(40 * gigabyte, "2h")]),
];

/** Nothing fails at the limit: the oldest samples go, and with them what SLOs of a month are computed from. */
export const prometheusNearRetentionSize = alert({
  ...common,
  name: "PrometheusNearRetentionSize",
  measure: promql`max by (pod) ((${blocks} + ${wal} + ${headChunks}) / ${retentionSize})`,
  on: ["pod"],
  above: taken,
  for: "1h",
  summary: "Prometheus is about to delete samples before their time.",
  description: "{{ $labels.pod }} takes {{ $value | humanizePercentage }} of what its samples may take on the volume.",
  scenarios: {
    "a little more than the limit is taken": fires({
      ...slow,
      given: volume(1.02 * taken.value),
      onset: "1h",
      after: "59m",
      by: "1h",
      resolves: { after: "1h59m", by: "2h" },
    }),
    "a little less than the limit is taken": silent({ ...slow, given: volume(0.98 * taken.value) }),
    "a compaction needs room for half an hour": blip({
      ...slow,
      given: [
        samples(retentionSize, [holds(80 * gigabyte, "3h")]),
        samples(wal, [holds(2 * gigabyte, "3h")]),
        samples(headChunks, [holds(1 * gigabyte, "3h")]),
        samples(blocks, [holds(40 * gigabyte, "1h"), holds(75 * gigabyte, "30m"), holds(40 * gigabyte, "1h30m")]),
      ],
    }),
    "it is gone": absence(silent({ given: [], because: blind })),
  },
});
