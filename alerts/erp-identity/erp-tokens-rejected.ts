import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, repeatParts, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpIdentity } from "../../metrics/erp-identity/identity-metrics";
import { otherApiPod } from "../erp-api/other-api-pod";

const { tokensAccepted, tokensRejected } = erpIdentity;
/** Fewest rejected tokens in ten minutes that are not chance. */
const least = 20;

// Callers without a token present none. Programs such as browsers learn from `expired` that they need a new one.
const rejected = promql`sum by (namespace, reason) (rate(${tokensRejected}{reason!~"missing|expired"}[10m]))`;
const presented = promql`(sum by (namespace) (rate(${tokensAccepted}[10m])) + sum by (namespace) (rate(${tokensRejected}{reason!="missing"}[10m])))`;

/** One token each second, of which these shares are rejected during these periods. */
const tokens = (...times: (readonly [share: number, time: StoryTime])[]) => [
  samples(
    tokensAccepted,
    times.map(([share, time]) => rises(1 - share, time)),
  ),
  samples(
    tokensRejected,
    times.map(([share, time]) => rises(share, time)),
  ),
];

/** Callers whose tokens the ERP should accept are locked out, or somebody tries tokens that nobody issued for it. */
export const erpTokensRejected = alert({
  name: "ErpTokensRejected",
  group: "erp-identity",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["identity"],
  measure: promql`${rejected} / on (namespace) group_left () ${presented}`,
  above: ratio(0.1),
  provided: promql`600 * ${rejected} > ${least}`,
  on: ["namespace", "reason"],
  for: "10m",
  summary: "The ERP rejects many of the tokens that callers present.",
  description: `${valueText("ratio")} of the tokens that callers presented in {{ $labels.namespace }} were rejected, with the reason {{ $labels.reason }}.`,
  scenarios: {
    "a new version of a client asks for tokens with another audience": fires({
      given: (limit) => tokens([0, "20m"], [1.2 * limit, lasting("20m")], [0, "15m"]),
      onset: "20m",
      // The share over ten minutes exceeds the limit once 5/6 of the window are rejected, and falls below it once 1/6 of
      // the window is accepted.
      after: lasting("8m"),
      by: lasting("8m45s"),
      resolves: { after: lasting("21m15s"), by: lasting("22m") },
    }),
    "a little below the limit": silent({ given: (limit) => tokens([0.9 * limit, "1h"]) }),
    "two reasons, each below the limit": silent({
      given: (limit) => [
        samples(tokensAccepted, [rises(1 - 1.4 * limit, "1h")]),
        ...["issuer", "claims"].map((reason) => samples(tokensRejected, [rises(0.7 * limit, "1h")], { reason })),
      ],
    }),
    "robots without a token call more often than all others": fires({
      given: (limit) => [
        ...tokens([1.2 * limit, "40m"]),
        samples(tokensRejected, [rises(20, "40m")], { reason: "missing" }),
      ],
      after: lasting("2m"),
      by: lasting("5m"),
    }),
    "a little below the limit in two pods, one of which gets few requests": silent({
      given: (limit) => [
        ...tokens([0.9 * limit, "1h"]),
        samples(tokensAccepted, [rises(0.1 * (1 - 0.9 * limit), "1h")], otherApiPod),
        samples(tokensRejected, [rises(0.1 * 0.9 * limit, "1h")], otherApiPod),
      ],
    }),
    "a program with a wrong audience starts every eight minutes": fires({
      given: [
        samples(tokensAccepted, [rises(0.1, "1h")]),
        samples(tokensRejected, repeatParts([rises(1, "1m"), rises(0, "7m")], 7)),
      ],
      after: lasting("0s"),
      by: lasting("3m"),
    }),
    "callers use tokens until they have expired": silent({
      given: [
        samples(tokensAccepted, [rises(0.5, "1h")]),
        samples(tokensRejected, [rises(0.5, "1h")], { reason: "expired" }),
      ],
      because: "they then ask for new ones",
    }),
    "robots without a token": silent({
      given: [
        samples(tokensAccepted, [rises(0.1, "1h")]),
        samples(tokensRejected, [rises(5, "1h")], { reason: "missing" }),
        samples(tokensRejected, [rises(0.005, "1h")]),
      ],
      because: "every public address receives such requests",
    }),
    "many expired tokens, and a few with another fault": silent({
      given: (limit) => [
        samples(tokensAccepted, [rises(0.5, "1h")]),
        samples(tokensRejected, [rises(1, "1h")], { reason: "expired" }),
        samples(tokensRejected, [rises(limit, "1h")]),
      ],
      because: "expired tokens count as presented tokens",
    }),
    "all tokens are rejected for two minutes": blip({ given: tokens([0, "20m"], [1, "2m"], [0, "20m"]) }),
    "a few more tokens than the minimum are rejected, in two pods": fires({
      given: [undefined, otherApiPod].flatMap((pod) => [
        samples(tokensAccepted, [holds(7, "1h")], pod),
        samples(tokensRejected, [holds(0, "20m"), rises((0.6 * least) / 600, "40m")], pod),
      ]),
      onset: "20m",
      after: lasting("8m"),
      by: lasting("10m30s"),
    }),
    "the few tokens of a night are rejected": lowTraffic({
      given: [samples(tokensAccepted, [holds(7, "1h")]), samples(tokensRejected, [rises((0.9 * least) / 600, "1h")])],
    }),
    "the API is down": absence(silent({ given: [], because: "ErpDown pages" })),
  },
});
