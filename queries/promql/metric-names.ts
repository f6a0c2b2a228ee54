import { selectors } from "./selectors";

/** Names of the metrics that an expression reads; none when it is not PromQL. */
export function metricNames(text: string): ReadonlySet<string> {
  return new Set(selectors(text).flatMap(({ name }) => name ?? []));
}
