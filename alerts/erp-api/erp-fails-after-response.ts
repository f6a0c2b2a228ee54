import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { failuresAfterResponse } = erpApi;
/** Length of the window in which failures are counted. */
const windowSeconds = 900;

/**
 * The client received status 200, so that no ratio of requests shows the failure, but the work that the response
 * confirmed is not done.
 */
export const erpFailsAfterResponse = alert({
  name: "ErpFailsAfterResponse",
  group: "erp-errors",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  measure: promql`sum by (namespace, kind) (increase(${failuresAfterResponse}[15m]))`,
  above: count(2),
  on: ["namespace", "kind"],
  summary: "The ERP fails after it has responded: users see success, but the work was not done.",
  description: `In the last 15 minutes, ${valueText("count", "failure")} of the kind {{ $labels.kind }} occurred in {{ $labels.namespace }} after the response was sent.`,
  scenarios: {
    "background tasks fail after a release until it is rolled back": fires({
      given: (limit) => [samples(failuresAfterResponse, [holds(0, "15m"), rises(limit / 120, "20m"), rises(0, "30m")])],
      onset: "15m",
      after: "1m45s",
      by: "2m30s",
      resolves: { after: "32m", by: "34m" },
    }),
    "streams fail in two pods, below the limit in each": fires({
      given: (limit) =>
        ["erp-api-0", "erp-api-1"].map((pod) =>
          samples(failuresAfterResponse, [rises((0.6 * limit) / windowSeconds, "40m")], { pod, kind: "stream" }),
        ),
      after: "10m",
      by: "16m",
    }),
    "a little below the limit": silent({
      given: (limit) => [samples(failuresAfterResponse, [rises((0.9 * limit) / windowSeconds, "1h")])],
    }),
    "two kinds, each below the limit": silent({
      given: (limit) =>
        ["background_task", "stream"].map((kind) =>
          samples(failuresAfterResponse, [rises((0.7 * limit) / windowSeconds, "1h")], { kind }),
        ),
    }),
    "the API is down": absence(silent({ given: [], because: "ErpDown pages" })),
  },
});
