import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, type Part, recordingSamples, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { recordingSeconds } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import { erpIdentity } from "../../metrics/erp-identity/identity-metrics";
import type { Inventory } from "../../metrics/inventory";
import { otherApiPod } from "../erp-api/other-api-pod";

const { tokensAccepted, tokensRejected } = erpIdentity;
/** Fewest rejected tokens in five minutes that are more than one caller's. */
const least = 20;
/** Fewest requests per minute last week that show that people work at this time. */
const working = 10;

/**
 * Nobody can work, although the ERP answers all requests: a rejected token is no server error. At night, the only caller
 * may be a program with a wrong token, so that the alert needs requests at the same time last week. It exists only where
 * Prometheus keeps the samples of last week.
 */
export function erpRejectsAllTokens({ business }: Pick<Inventory, "business">): Alert {
  const { weekAgo } = business;
  const rejected = promql`sum by (namespace) (increase(${tokensRejected}{reason!="missing"}[5m]))`;
  /** Tokens per second that are accepted and rejected, and requests per minute last week. */
  const story = (accepted: readonly Part[], rejections: readonly Part[], lastWeek = 100) => ({
    given: [
      samples(tokensAccepted, accepted),
      samples(tokensRejected, rejections),
      recordingSamples(weekAgo.requests, [holds(lastWeek, "2h")]),
    ],
    stepSeconds: recordingSeconds,
    onset: "30m",
  });
  return alert({
    name: "ErpRejectsAllTokens",
    group: "erp-identity",
    severity: "critical",
    service: "erp-api",
    team: "erp",
    cause: "identity",
    measure: promql`sum by (namespace) (increase(${tokensAccepted}[5m]))`,
    below: count(1),
    provided: promql`${rejected} > ${least} and ${weekAgo.requests} > ${working}`,
    on: ["namespace"],
    for: "3m",
    summary: "The ERP rejects the tokens of all callers: nobody can work.",
    description: `In the last five minutes, the ERP in {{ $labels.namespace }} accepted ${valueText("count", "token")} and rejected all others.`,
    scenarios: {
      "the audience in the settings is wrong after a deployment, until it is corrected": fires({
        ...story(
          [rises(1, "30m"), rises(0, lasting("30m")), rises(1, "30m")],
          [rises(0, "30m"), rises(1, lasting("30m")), rises(0, "30m")],
        ),
        after: lasting("3m"),
        by: lasting("6m"),
        resolves: { after: lasting("30m"), by: lasting("32m") },
      }),
      "one caller has a valid token, which two pods accept now and then": silent({
        given: [
          ...[undefined, otherApiPod].map((pod) => samples(tokensAccepted, [rises(0.7 / 300, "2h")], pod)),
          samples(tokensRejected, [rises(1, "2h")]),
          recordingSamples(weekAgo.requests, [holds(100, "2h")]),
        ],
        stepSeconds: recordingSeconds,
        because: "ErpTokensRejected notifies the chat",
      }),
      "all tokens are rejected for six minutes": blip(
        story([rises(1, "30m"), rises(0, "6m"), rises(1, "30m")], [rises(0, "30m"), rises(1, "6m"), rises(0, "30m")]),
      ),
      "all are rejected, slightly more than the minimum": fires({
        ...story([rises(1, "30m"), rises(0, "1h")], [rises(0, "30m"), rises((1.3 * least) / 300, "1h")], 1.1 * working),
        after: lasting("3m"),
        by: lasting("8m"),
      }),
      "a few callers have no valid token, and nobody else works": lowTraffic(
        story([holds(500, "90m")], [rises((0.8 * least) / 300, "90m")]),
      ),
      "at night, a program repeats a wrong token": silent({
        ...story([holds(500, "90m")], [rises(1, "90m")], 0.9 * working),
        because: "nobody works at this time",
      }),
      "at lunch, only robots without a token call": silent({
        given: [
          samples(tokensAccepted, [holds(500, "90m")]),
          samples(tokensRejected, [rises(1, "90m")], { reason: "missing" }),
          recordingSamples(weekAgo.requests, [holds(100, "90m")]),
        ],
        stepSeconds: recordingSeconds,
      }),
      "the API is down": absence(silent({ given: [], because: "ErpDown pages" })),
    },
  });
}
