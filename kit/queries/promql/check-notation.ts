import type { SyntaxNode, Tree } from "@lezer/common";
import { inSeconds, longestSeconds } from "../duration";
import type { Span } from "../query-finding";
import { unknownEscape } from "../quoted-text";

export interface Unreadable {
  readonly at: Span;
  readonly rule: string;
  readonly remedy: string;
}

/** The first text that the grammar accepts and Prometheus refuses: escape sequences, ranges of no length, feature flags. */
export function unreadableNotation(tree: Tree, text: string): Unreadable | undefined {
  let found: Unreadable | undefined;
  tree.iterate({
    enter: ({ node }) => {
      found ??= checks[node.name]?.(node, text);
      return found === undefined;
    },
  });
  return found;
}

const checks: Readonly<Record<string, (node: SyntaxNode, text: string) => Unreadable | undefined>> = {
  StringLiteral: checkEscapes,
  QuotedLabelName: checkEscapes,
  VectorSelector: checkName,
  MatrixSelector: checkLengths,
  SubqueryExpr: checkLengths,
  OffsetExpr: checkOffset,
  AnchoredExpr: refuseExperimental,
  SmoothedExpr: refuseExperimental,
  FillModifier: refuseExperimental,
};

function checkEscapes(node: SyntaxNode, text: string): Unreadable | undefined {
  const unknown = unknownEscape(text.slice(node.from, node.to));
  if (unknown === undefined) return undefined;
  return { at: node, rule: `unknown escape sequence ${unknown}`, remedy: `write \\${unknown}` };
}

function checkName(node: SyntaxNode, text: string): Unreadable | undefined {
  const matchers = node.getChild("LabelMatchers");
  const again =
    node.getChild("Identifier") && matchers && text.slice(matchers.from, matchers.to).match(/[{,]\s*__name__\b/);
  if (!again) return undefined;
  return { at: node, rule: "must not set the metric's name twice", remedy: "remove the matcher of `__name__`" };
}

function checkLengths(node: SyntaxNode, text: string): Unreadable | undefined {
  const literals = node.getChildren("DurationExpr").filter(({ lastChild }) => lastChild?.firstChild == null);
  const wrong = literals.find((one) => !isLength(text.slice(one.from, one.to)));
  const negative = node.getChildren("DurationExpr").find(({ firstChild }) => firstChild?.name === "UnaryOp");
  const at = wrong ?? negative;
  return at && { at, rule: "a range must be above 0 and at most 292 years", remedy: "write it such as [5m]" };
}

function isLength(literal: string): boolean {
  const seconds = /^\d/.test(literal) ? inSeconds(literal) : Number.NaN;
  const length = Number.isNaN(seconds) ? Number(literal) : seconds;
  return Number.isNaN(length) || (length > 0 && length < longestSeconds);
}

/** In the tree, `offset` follows a whole operation. In Prometheus it belongs to the last operand. */
function checkOffset(node: SyntaxNode): Unreadable | undefined {
  let operand = node.firstChild;
  while (operand?.name === "BinaryExpr") operand = operand.getChildren("Expr").at(-1) ?? null;
  if (/^(VectorSelector|MatrixSelector|SubqueryExpr|StepInvariantExpr)$/.test(operand?.name ?? "")) return undefined;
  const rule = "`offset` must follow a selector or a subquery";
  return { at: node, rule, remedy: "move it behind the selector, such as rate(metric[5m] offset 1h)" };
}

function refuseExperimental(node: SyntaxNode, text: string): Unreadable {
  const [word = ""] = /\b(anchored|smoothed|fill\w*)\b/.exec(text.slice(node.from, node.to)) ?? [];
  const rule = `\`${word}\` is experimental: Prometheus refuses it, because its feature flag is not set`;
  return { at: node, rule, remedy: "remove it" };
}
