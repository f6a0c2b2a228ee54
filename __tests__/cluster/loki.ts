import { ask } from "./kubernetes";

interface Answer {
  readonly data: { readonly result: readonly { readonly stream: Readonly<Record<string, string>> }[] };
}

/** Labels and structured metadata of the streams whose lines a LogQL query finds. */
export function streams(logql: string): readonly Readonly<Record<string, string>>[] {
  const path = `/loki/api/v1/query_range?query=${encodeURIComponent(logql)}`;
  return ask<Answer>("logging", "loki:3100", path).data.result.map(({ stream }) => stream);
}

/** Names of the labels by which Loki indexes. */
export function labelNames(): readonly string[] {
  return ask<{ data: string[] }>("logging", "loki:3100", "/loki/api/v1/labels").data;
}
