import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { failuresAfterResponse } = erpApi;
/** Of the window in which failures are counted. */
const windowSeconds = 900;

/** The caller has an answer of 200, so that no ratio of requests shows it: what was promised is not done. */
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
  summary: "The ERP fails after it has answered: the answers say 200, and the work behind them is lost.",
  description: `${valueText("count", "failure")} of kind {{ $labels.kind }} in 15 minutes in {{ $labels.namespace }}, each after its response was sent.`,
  scenarios: {
    "a background task fails from a release on, until it is rolled back": fires({
      given: (limit) => [samples(failuresAfterResponse, [holds(0, "15m"), rises(limit / 120, "20m"), rises(0, "30m")])],
      onset: "15m",
      after: "1m45s",
      by: "2m30s",
      resolves: { after: "32m", by: "34m" },
    }),
    "streams break off in two pods, in neither of them often": fires({
      given: (limit) =>
        ["erp-api-0", "erp-api-1"].map((pod) =>
          samples(failuresAfterResponse, [rises((0.6 * limit) / windowSeconds, "40m")], { pod, kind: "stream" }),
        ),
      after: "10m",
      by: "16m",
    }),
    "some, and not more": silent({
      given: (limit) => [samples(failuresAfterResponse, [rises((0.9 * limit) / windowSeconds, "1h")])],
    }),
    "some of each kind": silent({
      given: (limit) =>
        ["background_task", "stream"].map((kind) =>
          samples(failuresAfterResponse, [rises((0.7 * limit) / windowSeconds, "1h")], { kind }),
        ),
    }),
    "the API is not there": absence(silent({ given: [], because: "ErpDown pages" })),
  },
});
