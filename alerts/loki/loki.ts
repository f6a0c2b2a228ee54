import { alert } from "../../kit/alerts/alert";
import { count, ratio, seconds } from "../../kit/alerts/limit";
import { holds, isGone, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const common = { severity: "warning", service: "loki", team: "platform" } as const;
const blind = "what cannot be scraped has an alert of its own";

const requests = loki.requests.count;
const share = ratio(0.05);
const push = { method: "POST", route: "loki_api_v1_push", ws: "false" };
const answered = (failing: number, perSecond = 2) => [
  samples(requests, [rises(perSecond * (1 - failing), "45m")], { ...push, status_code: "204" }),
  samples(requests, [rises(0, "10m"), rises(perSecond * failing, "20m"), rises(0, "15m")], {
    ...push,
    status_code: "500",
  }),
];

const byRoute = (matching: string) => promql`sum by (route) (rate(${requests}${matching}[5m]))`;

/** Lines are not taken, or not found. A route that never failed has no series of failures. */
export const lokiRequestsFailing = alert({
  ...common,
  name: "LokiRequestsFailing",
  cause: "loki",
  measure: promql`(${byRoute('{status_code=~"5.."}')} or 0 * ${byRoute("")}) / ${byRoute("")}`,
  on: ["route"],
  above: share,
  provided: promql`${byRoute("")} > 0.05`,
  for: "10m",
  summary: "Loki fails to take or to find log lines.",
  description: "Loki answers {{ $value | humanizePercentage }} of the requests of {{ $labels.route }} with an error.",
  scenarios: {
    "it can write no more": fires({
      given: answered(1),
      onset: "10m",
      after: "10m",
      by: "10m45s",
      resolves: { after: "23m", by: "25m15s" },
    }),
    "a little more than the limit": fires({
      given: answered(1.2 * share.value),
      onset: "10m",
      after: "13m",
      by: "15m",
    }),
    "a little less than the limit": silent({ given: answered(0.9 * share.value) }),
    "it is restarted": blip({
      given: [
        samples(requests, [rises(2, "1h")], { ...push, status_code: "204" }),
        samples(requests, [rises(0, "10m"), rises(2, "1m"), rises(0, "30m")], { ...push, status_code: "500" }),
      ],
    }),
    "one person asks what it cannot answer": lowTraffic({ given: answered(1, 0.02) }),
    "it is gone": absence(silent({ given: [], because: blind })),
  },
});

const { flushFailures, walDiskFull } = loki;

/** Lines pile up in memory and in the log; what is in memory alone is lost with the pod. */
export const lokiStorageFailing = alert({
  ...common,
  name: "LokiStorageFailing",
  measure: promql`sum by (pod) (increase(${flushFailures}[5m]) + increase(${walDiskFull}[5m]))`,
  on: ["pod"],
  above: count(0),
  for: "10m",
  summary: "Loki cannot write log lines to its storage.",
  description: "In five minutes {{ $labels.pod }} failed {{ $value | humanize }} times to write lines to its storage.",
  scenarios: {
    "the bucket refuses it": fires({
      given: [
        samples(flushFailures, [rises(0, "10m"), rises(1 / 60, "30m"), rises(0, "20m")]),
        samples(walDiskFull, [rises(0, "1h")]),
      ],
      onset: "10m",
      after: "9m45s",
      by: "10m30s",
      resolves: { after: "34m", by: "35m" },
    }),
    "the volume of its log is full": fires({
      given: [
        samples(flushFailures, [rises(0, "1h")]),
        samples(walDiskFull, [rises(0, "10m"), rises(1, "30m"), rises(0, "20m")]),
      ],
      onset: "10m",
      after: "9m45s",
      by: "10m15s",
    }),
    "a chunk is written at the second try": blip({
      given: [samples(flushFailures, [holds(0, "10m"), holds(1, "30m")]), samples(walDiskFull, [holds(0, "40m")])],
    }),
    "it is gone": absence(silent({ given: [], because: blind })),
  },
});

const overdue = seconds(3 * 60 * 60);
const slow = { stepSeconds: 120 } as const;
const { retentionApplied } = loki;
/** When it last ran, for as long as that stays so. */
const ran = (...runs: readonly [at: number, during: string][]) => runs.map(([at, during]) => holds(at, during));

/** Every ten minutes one of the replicas marks what is too old; it is deleted two hours later. */
export const lokiRetentionStopped = alert({
  ...common,
  name: "LokiRetentionStopped",
  measure: promql`time() - max(${retentionApplied})`,
  above: overdue,
  for: "1h",
  summary: "Loki deletes old log lines no more: the volume fills, and lines are kept longer than was promised.",
  description: "Loki last marked old lines {{ $value | humanizeDuration }} ago.",
  scenarios: {
    "the compactor hangs": fires({
      ...slow,
      given: [samples(retentionApplied, ran([600, "6h"], [21_600, "1h"]))],
      onset: "10m",
      after: "4h",
      by: "4h2m",
      resolves: { after: "5h48m", by: "5h50m" },
    }),
    "the one that did it hands over to another replica": silent({
      ...slow,
      given: [
        samples(retentionApplied, ran([600, "10h"])),
        samples(retentionApplied, ran([0, "2h"], [7200, "2h"], [14_400, "2h"], [21_600, "4h"]), { pod: "loki-1" }),
      ],
    }),
    "it runs again after three and a half hours": blip({
      ...slow,
      given: [samples(retentionApplied, ran([600, "3h40m"], [13_200, "2h"]))],
    }),
    "it is gone": absence(silent({ given: [samples(retentionApplied, [isGone("5h")])], because: blind })),
  },
});
