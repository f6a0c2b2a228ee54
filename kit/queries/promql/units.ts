import type { Scalar } from "../operator-units";
import type { Series } from "../series";
import { type MaybeUnit, rateUnit } from "../units";
import type { Expression } from "./expression";

/** The unit of a function's result for a vector or a range. */
export function callUnit(name: string, { unit, labels }: Series): MaybeUnit {
  if (keeping.test(name)) return unit;
  if (/^(rate|irate|deriv)$/.test(name)) return rateUnit(unit);
  if (/^(increase|delta|idelta)$/.test(name)) return changeUnit(unit);
  if (/^(count_over_time|changes|resets)$/.test(name)) return "count";
  if (/^(absent|absent_over_time|present_over_time)$/.test(name)) return "flag";
  if (/^(timestamp|ts_of_\w+|start_timestamp)$/.test(name)) return "time";
  if (name === "sum_over_time") return sumOfAll(unit);
  if (name === "avg_over_time") return average(unit);
  if (name === "histogram_quantile") return labels.get("le")?.unit;
  return name === "histogram_fraction" ? "ratio" : undefined;
}

/** The unit of an aggregation's result. */
export function aggregationUnit(operator: string, unit: MaybeUnit): MaybeUnit {
  if (/^(count|count_values)$/.test(operator)) return "count";
  if (operator === "group") return "flag";
  if (operator === "sum") return sumOfAll(unit);
  if (operator === "avg") return average(unit);
  return /^std(dev|var)$/.test(operator) ? undefined : unit;
}

/** The value of a number, or the unit of the result of `time()` and similar functions. */
export function readScalar(expression: Expression): Scalar {
  if (expression.kind === "number") return { value: expression.value };
  if (expression.kind === "call" && /^(time|start|end)$/.test(expression.name)) return { unit: "time" };
  if (expression.kind !== "binary") return {};
  const [left, right] = [readScalar(expression.left), readScalar(expression.right)];
  if (left.value === undefined || right.value === undefined) return {};
  const value = calculate(expression.operator, left.value, right.value);
  return value === undefined ? {} : { value };
}

const keeping =
  /^(abs|ceil|floor|round|clamp\w*|sort\w*|label_\w+|info|scalar|vector|(first|last|min|max|quantile)_over_time|predict_linear|holt_winters|double_exponential_smoothing)$/;

/** The difference of points in time is in seconds, and that of flags is a count. */
function changeUnit(unit: MaybeUnit): MaybeUnit {
  if (unit === "time") return "seconds";
  return unit === "flag" ? "count" : unit;
}

function sumOfAll(unit: MaybeUnit): MaybeUnit {
  if (unit === "time") return undefined;
  return unit === "flag" ? "count" : unit;
}

/** The average of flags is the share of flags that are 1. */
function average(unit: MaybeUnit): MaybeUnit {
  return unit === "flag" ? "ratio" : unit;
}

function calculate(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    default:
      return undefined;
  }
}
