import { durationText, rateInterval } from "../queries/intervals";
import type { Span } from "../session";
import type { Lookup } from "./interpolate";

export interface BuiltInContext {
  readonly range: Span;
  /** Milliseconds between two points of the query. @default the text is not part of a query */
  readonly stepMs?: number;
  /** Whether the query asks for one moment: `$__auto` is then the whole period. @default it is a range query */
  readonly instant?: boolean;
  /** Milliseconds between two scrapes, as the query or the data source states them. */
  readonly scrapeMs: number;
  readonly dashboard: { readonly uid: string; readonly title: string };
}

/** Variables of Grafana itself. https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables */
export function builtIn({ range, stepMs, instant, scrapeMs, dashboard }: BuiltInContext): Lookup {
  const rangeMs = range.to - range.from;
  const values: Record<string, string | undefined> = {
    __from: String(range.from),
    __to: String(range.to),
    __range: `${Math.round(rangeMs / 1000)}s`,
    __range_s: String(Math.round(rangeMs / 1000)),
    __range_ms: String(rangeMs),
    ...(stepMs !== undefined && {
      __interval: durationText(stepMs),
      __interval_ms: String(stepMs),
      __auto: instant ? `${Math.round(rangeMs / 1000)}s` : durationText(stepMs),
      __rate_interval: durationText(rateInterval(stepMs, scrapeMs)),
      __rate_interval_ms: String(rateInterval(stepMs, scrapeMs)),
    }),
    __url_time_range: `from=${range.from}&to=${range.to}`,
  };
  return (name, field) => {
    if (name === "__dashboard") return { value: field === "uid" ? dashboard.uid : dashboard.title };
    const value = values[name];
    return value === undefined ? undefined : { value };
  };
}
