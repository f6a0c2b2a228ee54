import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import { fixedRanges } from "../queries/logql/ranges";
import type { Expression } from "../queries/promql/expression";
import { expressionsWithin } from "../queries/promql/expressions-within";
import { parsePromql } from "../queries/promql/parse-promql";
import { statedDurations } from "./stated-durations";
import type { Target } from "./targets";

/**
 * Faults of a query whose percentile or window differs from the texts of its panel: a reader sees only the texts. A
 * window that follows the zoom does not have to be stated.
 */
export function checkStatedFigures({ title = "", description = "" }: Panel, target: Target, place: string): Fault[] {
  const { expr = "", legendFormat = "", datasource } = target;
  const isLogql = datasource?.type === "loki";
  const root = isLogql ? undefined : parsePromql(expr, () => undefined);
  const expressions = root ? expressionsWithin(root) : [];
  const windows = isLogql ? fixedRanges(expr).map(({ seconds }) => seconds) : windowsIn(expressions);
  // The legend is the most specific text: a panel often shows several percentiles.
  const texts = [legendFormat, title, description];
  return [
    ...quantilesIn(expressions).flatMap((quantile) => quantileFaults(quantile, texts, place)),
    ...[...new Set(windows)].flatMap((window) => windowFaults(window, texts, place)),
  ];
}

function quantilesIn(expressions: readonly Expression[]): readonly number[] {
  return expressions.flatMap((expression) => {
    const name =
      expression.kind === "call" ? expression.name : expression.kind === "aggregation" && expression.operator;
    const [quantile] = "operands" in expression ? expression.operands : [];
    return name && /quantile/.test(name) && quantile?.kind === "number" ? [quantile.value] : [];
  });
}

function quantileFaults(quantile: number, texts: readonly string[], place: string): Fault[] {
  const stated = texts.map(statedPercentiles).find((percentiles) => percentiles.length > 0) ?? [];
  const percentile = Number((100 * quantile).toPrecision(6));
  if (stated.includes(percentile)) return [];
  const rule = `must state in its legend, title or description which percentile it shows, ${percentile}`;
  const value = stated.length > 0 ? { value: stated.join(", ") } : {};
  return [{ place, rule, ...value, remedy: `write \`p${percentile}\` or \`${percentile} %\`, or correct the query` }];
}

/** `p95`, `95th percentile`, `95 %`, `median` */
function statedPercentiles(text: string): readonly number[] {
  const found = text.matchAll(/\bp(\d+(?:\.\d+)?)\b|\b(\d+(?:\.\d+)?)(?:th percentile| ?%)|\b(median|half)\b/gi);
  return [...found].map(([, short, long, median]) => (median ? 50 : Number(short ?? long)));
}

/** Fixed lengths of ranges in seconds. */
function windowsIn(expressions: readonly Expression[]): readonly number[] {
  const lengths = expressions.flatMap((expression) => (expression.kind === "range" ? expression.length : []));
  return lengths.filter((length) => typeof length === "number");
}

function windowFaults(window: number, texts: readonly string[], place: string): Fault[] {
  if (texts.some((text) => statedDurations(text).has(window))) return [];
  const rule = `must state in its legend, title or description how far back its range looks, ${window} s`;
  return [{ place, rule, remedy: "write for example `in the last 10 minutes`, or use [$__rate_interval]" }];
}
