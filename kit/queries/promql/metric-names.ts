import { selectors } from "./selectors";

const known = new Map<string, ReadonlySet<string>>();

/** Names of the metrics that an expression reads; none if it is not PromQL. */
export function metricNames(text: string): ReadonlySet<string> {
  const names = known.get(text) ?? new Set(selectors(text).flatMap(({ name }) => name ?? []));
  known.set(text, names);
  return names;
}
