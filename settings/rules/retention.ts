import { inSeconds } from "../../kit/queries/duration";
import type { Environment } from "../environment";
import type { Rule } from "../rule";

/** How long samples are kept, compared with the settings that read them. */
export const retention: readonly Rule[] = [
  {
    at: "prometheus.retention",
    reads: ["erp.slos"],
    broken: ({ prometheus, erp }) => inSeconds(prometheus.retention) < longestPeriod(erp.slos),
    rule: "must be at least the longest `window` of `erp.slos`: Prometheus counts the requests of the whole period",
    remedy: "raise it, together with `retentionSize` and `storage`, or shorten the windows",
  },
];

function longestPeriod({ availability, latency }: Environment["erp"]["slos"]): number {
  return Math.max(inSeconds(availability.window), inSeconds(latency.window));
}
