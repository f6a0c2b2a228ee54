import type { SyntaxNode } from "@lezer/common";
import type { Report } from "../query-finding";
import { descendants, isVariable, operand, type Source, textOf } from "./logql-syntax";

/** Aggregations of the numbers that `unwrap` takes out of the lines. */
const ofNumbers = /^((sum|avg|min|max|stddev|stdvar|quantile|first|last)_over_time|rate_counter)$/;
/** Aggregations of the lines themselves. `rate` and `absent_over_time` accept both. */
const ofLines = /^(count_over_time|bytes_over_time|bytes_rate)$/;
const groupable = /^(avg|min|max|stddev|stdvar|quantile|first|last)_over_time$/;

/**
 * Reports what the grammar accepts and Loki refuses in an aggregation.
 * @param name the name of the aggregation
 * @see https://grafana.com/docs/loki/latest/query/metric_queries/
 */
export function checkAggregation(node: SyntaxNode, name: string, source: Source, report: Report): void {
  const overRange = node.name === "RangeAggregationExpr";
  const inner = operand(node);
  const unwraps = inner !== undefined && descendants(inner, /^UnwrapExpr$/).length > 0;
  if (overRange && !unwraps && ofNumbers.test(name))
    report(node, `${name} needs a number`, "put `| unwrap <label>` before the range, or count lines");
  if (unwraps && ofLines.test(name)) report(node, `${name} counts lines, not numbers`, "remove `| unwrap`");
  const parameter = node.getChild("Number");
  if (parameter && !isVariable(parameter, source)) checkParameter(parameter, name, textOf(parameter, source), report);
  if (!parameter && /^(quantile_over_time|topk|bottomk)$/.test(name))
    report(node, `${name} needs a parameter`, `write ${name}(${name === "quantile_over_time" ? "0.95" : "5"}, …)`);
  const grouping = node.getChild("Grouping");
  if (grouping && (overRange ? !groupable.test(name) : /^sort/.test(name)))
    report(grouping, `${name} has no grouping`, "put sum by (…) around it");
}

/** Unlike Prometheus, Loki refuses `topk(0, …)`, and a parameter that the aggregation does not have. */
function checkParameter(parameter: SyntaxNode, name: string, given: string, report: Report): void {
  if (!/^(quantile_over_time|topk|bottomk)$/.test(name)) report(parameter, `${name} has no parameter`, "remove it");
  else if (name !== "quantile_over_time" && !/^0*[1-9]\d*$/.test(given))
    report(
      parameter,
      `the parameter of ${name} must be a whole number above 0, and is ${given}`,
      `write ${name}(5, …)`,
    );
}
