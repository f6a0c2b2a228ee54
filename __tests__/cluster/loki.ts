import { ask } from "./kubernetes";
import { minute } from "./steps";

interface Answer {
  readonly data: { readonly result: readonly { readonly stream: Readonly<Record<string, string>> }[] };
}

/**
 * Labels and structured metadata of the streams whose lines a LogQL query finds.
 *
 * @param since milliseconds since 1970 of the earliest line; by default an hour ago
 */
export function streams(logql: string, since = Date.now() - 60 * minute): readonly Readonly<Record<string, string>>[] {
  const path = `/loki/api/v1/query_range?query=${encodeURIComponent(logql)}&start=${since}000000`;
  return ask<Answer>("logging", "loki:3100", path).data.result.map(({ stream }) => stream);
}

/** Names of the labels in Loki's index. */
export function labelNames(): readonly string[] {
  return ask<{ data: string[] }>("logging", "loki:3100", "/loki/api/v1/labels").data;
}
