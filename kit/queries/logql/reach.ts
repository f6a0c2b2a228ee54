import { parser } from "@grafana/lezer-logql";
import { inSeconds } from "../duration";
import { completeVariables } from "../grafana-variables";
import { descendants, textOf } from "./logql-syntax";

/**
 * How far back an expression reads, in seconds before its evaluation: the sum of range and offset, for the range with the
 * largest sum. Ranges that Grafana inserts are not counted.
 */
export function logqlReach(written: string): number {
  const source = completeVariables(written, (text) => parser.parse(text));
  const ranges = descendants(source.tree.topNode, /^LogRangeExpr$/).map((range) =>
    descendants(range, /^(Range|OffsetExpr)$/)
      .flatMap((part) => descendants(part, /^Duration$/))
      .reduce((sum, length) => sum + inSeconds(textOf(length, source)), 0),
  );
  return Math.max(0, ...ranges);
}
