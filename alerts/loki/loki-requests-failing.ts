import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const requests = loki.requests.count;

const push = { method: "POST", route: "loki_api_v1_push", ws: "false" };

const requestSamples = (failing: number, { perSecond = 2, during = "20m" as StoryTime } = {}) => [
  samples(requests, [rises(perSecond * (1 - failing), "45m")], { ...push, status_code: "204" }),
  samples(requests, [rises(0, "10m"), rises(perSecond * failing, during), rises(0, "15m")], {
    ...push,
    status_code: "500",
  }),
];

const requestsByRoute = (matching: string) => promql`sum by (route) (rate(${requests}${matching}[5m]))`;

/**
 * Some lines are not accepted or not found. A route that never failed has no series of failures. `LokiRefusesLines` fires
 * while all lines are refused: the log agents then make fewer requests than this alert needs.
 */
export const lokiRequestsFailing = alert({
  name: "LokiRequestsFailing",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  cause: "loki",
  causedBy: ["loki-volume", "loki-writes"],
  measure: promql`(${requestsByRoute('{status_code=~"5.."}')} or 0 * ${requestsByRoute("")}) / ${requestsByRoute("")}`,
  on: ["route"],
  above: ratio(0.05),
  provided: promql`${requestsByRoute("")} > 0.05`,
  for: "10m",
  summary: "Requests to Loki fail: log lines may be lost, or searches fail.",
  description: `Loki answers ${valueText("ratio")} of the requests to {{ $labels.route }} with an error.`,
  scenarios: {
    "Loki can no longer write": fires({
      given: requestSamples(1, { during: lasting("10m") }),
      onset: "10m",
      after: lasting(),
      by: lasting("45s"),
      resolves: { after: lasting("13m"), by: lasting("15m15s") },
    }),
    "a little above the limit": fires({
      given: (limit) => requestSamples(1.2 * limit, { during: lasting("10m") }),
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
    }),
    "a little below the limit": silent({ given: (limit) => requestSamples(0.9 * limit) }),
    "Loki is restarted": blip({
      given: [
        samples(requests, [rises(2, "10m"), gone("45s"), holds(0, "15s"), rises(2, "40m")], {
          ...push,
          status_code: "204",
        }),
        samples(requests, [holds(0, "10m"), gone("45s"), holds(0, "15s"), rises(2, "1m"), rises(0, "30m")], {
          ...push,
          status_code: "500",
        }),
      ],
    }),
    "slightly more requests than the minimum, and all fail": fires({
      given: requestSamples(1, { perSecond: 0.06, during: lasting("10m") }),
      onset: "10m",
      after: lasting("-15s"),
      by: lasting("5m"),
    }),
    "the few requests of one person fail": lowTraffic({ given: requestSamples(1, { perSecond: 0.04 }) }),
    "Loki is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
