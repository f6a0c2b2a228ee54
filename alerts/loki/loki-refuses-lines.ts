import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const requests = loki.requests.count;
const route = "loki_api_v1_push";
const push = { method: "POST", route, ws: "false" };
const accepted = { ...push, status_code: "204" };
const failed = { ...push, status_code: "500" };

const pushes = (status: string, window: string) =>
  promql`sum(increase(${requests}{route="${route}",status_code=~"${status}"}[${window}]))`;

/**
 * Log agents wait longer after each failed attempt, so the number of failures falls while the fault continues. Therefore
 * the alert asks for the last success. Within a quarter of an hour, an agent fails several times even if it waits up to
 * five minutes.
 */
export const lokiRefusesLines = alert({
  name: "LokiRefusesLines",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  cause: "loki-writes",
  causedBy: ["loki-volume"],
  measure: pushes("5..", "15m"),
  above: count(2),
  // A Loki that has accepted nothing since its start has no series of successes.
  provided: promql`(${pushes("2..", "5m")} or vector(0)) == 0`,
  for: "2m",
  summary: "Loki has accepted no log lines for minutes: it refuses all of them.",
  description: `Loki accepted no log lines in the last five minutes, and failed ${valueText("count", "request")} with log lines in the last fifteen. The log agents keep what the nodes keep: the lines of pods that are deleted are lost.`,
  scenarios: {
    "Loki refuses every push, and the agents wait longer and longer": fires({
      given: [
        samples(requests, [rises(1, "20m"), rises(0, lasting("40m")), rises(1, "20m")], accepted),
        samples(requests, [rises(0, "20m"), rises(0.26, "3m"), rises(0.004, lasting("37m")), rises(0, "20m")], failed),
      ],
      onset: "20m",
      after: lasting("4m"),
      by: lasting("5m30s"),
      resolves: { after: lasting("40m"), by: lasting("41m") },
    }),
    "Loki has refused everything since it started, until no agent runs any more": fires({
      given: [samples(requests, [rises(0.03, lasting("30m")), rises(0, "30m")], failed)],
      after: lasting("-15s"),
      by: lasting("3m"),
      resolves: { after: lasting("40m"), by: lasting("46m") },
    }),
    "a few more attempts than the limit": fires({
      given: (limit) => [samples(requests, [rises((1.15 * limit) / 900, lasting("30m"))], failed)],
      after: lasting("8m"),
      by: lasting("16m"),
    }),
    "a few attempts less than the limit": silent({
      given: (limit) => [samples(requests, [rises((0.85 * limit) / 900, "1h")], failed)],
    }),
    "most pushes fail": lowTraffic({
      given: [samples(requests, [rises(0.1, "1h")], accepted), samples(requests, [rises(2, "1h")], failed)],
    }),
    "one of two replicas accepts nothing": silent({
      given: [
        samples(requests, [rises(1, "20m"), rises(0, "40m")], accepted),
        samples(requests, [rises(0, "20m"), rises(1, "40m")], failed),
        samples(requests, [rises(1, "1h")], { ...accepted, pod: "loki-1" }),
      ],
      because: "the other one accepts the lines when the agents try again",
    }),
    "Loki is restarted": blip({
      given: [
        samples(requests, [rises(1, "20m"), rises(0, "5m"), rises(1, "30m")], accepted),
        samples(requests, [rises(0, "20m"), rises(0.1, "5m"), rises(0, "30m")], failed),
      ],
    }),
    "Loki rejects all lines for their content": silent({
      given: [samples(requests, [rises(1, "1h")], { ...push, status_code: "400" })],
      because: "LogLinesDropped fires",
    }),
    "searches fail, and nothing is pushed": silent({
      given: [
        samples(requests, [rises(1, "1h")], { ...push, route: "loki_api_v1_query_range", status_code: "500" }),
        samples(requests, [holds(0, "1h")], accepted),
      ],
    }),
    "Loki is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
