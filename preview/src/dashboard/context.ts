import type { Target } from "../queries/targets";
import type { Session, Span } from "../session";
import { builtIn } from "../variables/built-in";
import type { Format } from "../variables/formats";
import type { Lookup } from "../variables/interpolate";
import { interpolate, namesIn } from "../variables/interpolate";
import { boundTo, type Variable } from "../variables/model";
import { queryFormat } from "../variables/query-formats";

/** Everything that the panels of a dashboard share. */
export interface DashboardContext {
  readonly session: Session;
  readonly dashboard: { readonly uid: string; readonly title: string };
  readonly variables: readonly Variable[];
  readonly range: Span;
}

/** Milliseconds between two scrapes that Grafana assumes, if the data source states nothing. */
const usualScrapeMs = 15_000;

export function scrapeMs({ sources }: Session): number {
  return sources.scrapeSeconds === undefined ? usualScrapeMs : sources.scrapeSeconds * 1000;
}

/** The distance of the points of a query, from which its variables `$__interval` and `$__rate_interval` follow from. */
export interface QueryStep {
  /** Milliseconds between two points. @default the text is not part of a query */
  readonly stepMs?: number;
  /** The "Min step" of the query, in milliseconds. @default the time between two scrapes */
  readonly minimumMs?: number;
  /** Whether it is an instant query. @default it is a range query */
  readonly instant?: boolean;
}

/** Finds variables: first the given ones, then those of the dashboard, then those of Grafana itself. */
export function lookup(
  { session, dashboard, variables }: DashboardContext,
  range: Span,
  query: QueryStep = {},
): Lookup {
  const { stepMs, minimumMs, instant } = query;
  const own = builtIn({ range, stepMs, instant, scrapeMs: minimumMs ?? scrapeMs(session), dashboard });
  return (name, field) => {
    const variable = variables.find((one) => one.name === name);
    return variable ? boundTo(variable) : own(name, field);
  };
}

/** How variables are written in a query of this data source. */
export function formatIn({ variables }: DashboardContext, type: "prometheus" | "loki"): Format {
  return queryFormat((name) => variables.find((one) => one.name === name), type === "loki" ? "logql" : "promql");
}

/** The type of a data source, which a panel names or chooses by a variable. Undefined if the page cannot query it. */
export function sourceType(
  context: DashboardContext,
  datasource: Target["datasource"],
): "prometheus" | "loki" | undefined {
  const uid = typeof datasource === "string" ? datasource : datasource?.uid;
  const [name] = namesIn(uid ?? "");
  const chosen = context.variables.find((one) => one.name === name)?.chosen[0];
  const type = (typeof datasource === "object" && datasource?.type) || chosen || "prometheus";
  return type === "prometheus" || type === "loki" ? type : undefined;
}

export function sourcePath({ session }: DashboardContext, type: "prometheus" | "loki"): string | undefined {
  return type === "loki" ? session.sources.loki : session.sources.prometheus;
}

/** Replaces the variables of a text that people read: a title, a description, the address of a link. */
export function readable(context: DashboardContext, range: Span, text: string): string {
  return interpolate(text, lookup(context, range));
}
