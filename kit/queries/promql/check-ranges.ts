import { anyOperator } from "../grafana-variables";
import type { Report } from "../query-finding";
import type { Expression } from "./expression";

const overRanges =
  /^(rate|irate|increase|delta|idelta|deriv|predict_linear|double_exponential_smoothing|changes|resets|\w+_over_time)$/;

/** Reports ranges in place of instant vectors, and the reverse; Prometheus refuses both. */
export function checkRanges(root: Expression, report: Report): void {
  for (const [operand, wanted] of [[root, "instant"] as const, ...operandsOf(root)]) {
    if (wanted === "range" && (operand.kind === "selector" || operand.kind === "aggregation")) {
      report(operand, "a range is required here", "write the length of the range, such as [5m]");
    }
    if (wanted === "instant" && operand.kind === "range") {
      report(operand, "one value at a time is required here, not a range", "put a function around it, such as rate(…)");
    }
  }
}

type Wanted = "range" | "instant" | "either";

function wantedBy(operator: string): Wanted {
  if (operator === anyOperator) return "either";
  return overRanges.test(operator) ? "range" : "instant";
}

/** Every operand below, with the type that its operator requires. */
function operandsOf(expression: Expression): (readonly [Expression, Wanted])[] {
  const operandsBelow = (operands: readonly Expression[], wanted: Wanted) =>
    operands.flatMap((operand) => [[operand, wanted] as const, ...operandsOf(operand)]);
  switch (expression.kind) {
    case "range":
      return operandsBelow([expression.of], "instant");
    case "call":
      return operandsBelow(expression.operands, wantedBy(expression.name));
    case "aggregation":
      return operandsBelow(expression.operands, wantedBy(expression.operator));
    case "binary":
      return operandsBelow([expression.left, expression.right], "instant");
    default:
      return [];
  }
}
