import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { inSeconds } from "../duration";
import { completeVariables } from "../grafana-variables";

const known = new Map<string, number>();

/**
 * How far back an expression reads, in seconds before its evaluation: the sum of the ranges, subqueries and offsets of a
 * selector, for the selector with the largest sum. Recordings are read as they are stored. Ranges that Grafana inserts
 * and times after `@` are not counted.
 */
export function promqlReach(text: string): number {
  const reach = known.get(text) ?? measure(text);
  known.set(text, reach);
  return reach;
}

function measure(written: string): number {
  const { text, tree } = completeVariables(written, (text) => parser.parse(text));
  return reachOf(tree.topNode, { around: 0, after: 0 }, text);
}

/** Seconds of the modifiers around a part of an expression, and of those after it. */
interface Modifiers {
  readonly around: number;
  /** The parser puts a modifier after a whole binary expression, although it belongs to the last operand only. */
  readonly after: number;
}

function reachOf(node: SyntaxNode, { around, after }: Modifiers, text: string): number {
  switch (node.name) {
    case "VectorSelector":
      return around + after;
    case "BinaryExpr": {
      const [left, right] = node.getChildren("Expr");
      return Math.max(
        left ? reachOf(left, { around, after: 0 }, text) : 0,
        right ? reachOf(right, { around, after }, text) : 0,
      );
    }
    case "MatrixSelector":
    case "SubqueryExpr":
    case "OffsetExpr":
    case "StepInvariantExpr": {
      const modified = node.getChild("Expr");
      return modified ? reachOf(modified, { around, after: after + lengthOf(node, text) }, text) : 0;
    }
    default: {
      let most = 0;
      for (let child = node.firstChild; child; child = child.nextSibling) {
        most = Math.max(most, reachOf(child, { around: around + after, after: 0 }, text));
      }
      return most;
    }
  }
}

/** Seconds that a range, a subquery or an offset adds. A negative offset reads later samples. */
function lengthOf(node: SyntaxNode, text: string): number {
  const length = node.getChild(node.name === "OffsetExpr" ? "OffsetDurationExpr" : "DurationExpr");
  const [, minus, amount = ""] = /^\s*(-?)\s*(.*)$/s.exec(length ? text.slice(length.from, length.to) : "") ?? [];
  const seconds = /^[\d.]+$/.test(amount) ? Number(amount) : inSeconds(amount);
  return Number.isNaN(seconds) ? 0 : minus ? -seconds : seconds;
}
