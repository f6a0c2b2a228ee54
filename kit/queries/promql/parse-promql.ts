import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { inSeconds } from "../duration";
import type { Report, Span } from "../finding";
import { withoutVariables } from "../grafana-variables";
import type { Names } from "../grouping";
import type { Matcher } from "../matching";
import { firstError, unexpected } from "../syntax-error";
import type { Expression } from "./expression";

/** Trees by their source: most expressions are checked several times, and in every environment. */
const trees = new Map<string, Expression>();

/** The expression's tree; reports and returns nothing when it is not PromQL. */
export function parsed(source: string, report: Report): Expression | undefined {
  const known = trees.get(source);
  if (known) return known;
  const { text, variables } = withoutVariables(source);
  const tree = parser.parse(text);
  const broken = firstError(tree.cursor());
  const root = tree.topNode.getChild("Expr");
  if (broken || !root) {
    const at = broken ?? { from: 0, to: source.length };
    report(at, `not PromQL: ${unexpected(at, source)}`, "correct the syntax here");
    return undefined;
  }
  const found = expression(root, { source, text, isVariable: (span) => variables.some((one) => overlap(one, span)) });
  trees.set(source, found);
  return found;
}

interface Source {
  readonly source: string;
  readonly text: string;
  isVariable(span: Span): boolean;
}

function expression(node: SyntaxNode, source: Source): Expression {
  const span = { from: node.from, to: node.to };
  const text = source.text.slice(node.from, node.to);
  switch (node.name) {
    case "NumberDurationLiteral":
      return { ...span, kind: "number", value: number(text) };
    case "StringLiteral":
      return { ...span, kind: "string", value: unquoted(source.source.slice(node.from, node.to)) };
    case "VectorSelector":
      return selector(node, source);
    case "MatrixSelector":
    case "SubqueryExpr":
      return { ...span, kind: "range", subquery: node.name === "SubqueryExpr", ...range(node, source) };
    case "FunctionCall": {
      const name = textOf(node.getChild("FunctionIdentifier"), source);
      return { ...span, kind: "call", name, operands: operands(node, source) };
    }
    case "AggregateExpr": {
      const modifier = node.getChild("AggregateModifier");
      const grouping = modifier?.getChild("GroupingLabels");
      return {
        ...span,
        kind: "aggregation",
        operator: textOf(node.getChild("AggregateOp"), source),
        without: modifier?.getChild("Without") != null,
        ...(grouping && { grouping: names(grouping, source) }),
        operands: operands(node, source),
      };
    }
    case "BinaryExpr":
      return binary(node, source);
    case "UnaryExpr": {
      const operand = expression(node.getChild("Expr") as SyntaxNode, source);
      const negative = operand.kind === "number" && text.startsWith("-");
      return negative ? { ...span, kind: "number", value: -operand.value } : operand;
    }
    default:
      return expression(node.getChild("Expr") as SyntaxNode, source);
  }
}

function selector(node: SyntaxNode, source: Source): Expression {
  const span = { from: node.from, to: node.to };
  const identifier = node.getChild("Identifier");
  const matchers = node.getChild("LabelMatchers");
  if (identifier && source.isVariable(identifier) && !matchers) return { ...span, kind: "variable" };
  const found = (matchers ? children(matchers) : []).map((matcher): Matcher => {
    const label = matcher.getChild("LabelName") ?? matcher.getChild("QuotedLabelName") ?? matcher;
    const value = matcher.getChild("StringLiteral");
    return {
      from: matcher.from,
      to: matcher.to,
      label: label === matcher ? "__name__" : unquoted(textOf(label, source)),
      operator: (textOf(matcher.getChild("MatchOp"), source) || "=") as Matcher["operator"],
      value: unquoted(source.source.slice((value ?? matcher).from, (value ?? matcher).to)),
    };
  });
  const exact = found.find(({ label, operator }) => label === "__name__" && operator === "=")?.value;
  const name = identifier && !source.isVariable(identifier) ? textOf(identifier, source) : exact;
  return {
    ...span,
    kind: "selector",
    ...(name !== undefined && { name }),
    matchers: found.filter(({ label }) => label !== "__name__"),
  };
}

function range(node: SyntaxNode, source: Source) {
  const length = node.getChild("DurationExpr");
  const literal = length?.getChild("NumberDurationLiteralInDurationContext");
  const of = expression(node.getChild("Expr") as SyntaxNode, source);
  if (!literal) return { of };
  const variable = source.isVariable(literal) && source.source.slice(literal.from, literal.to);
  return { of, length: variable || number(textOf(literal, source)) };
}

function binary(node: SyntaxNode, source: Source): Expression {
  const [left, right] = node.getChildren("Expr") as [SyntaxNode, SyntaxNode];
  const clause = node.getChild("MatchingModifierClause");
  const [matched, included] = clause?.getChildren("GroupingLabels") ?? [];
  const group = clause?.getChild("GroupLeft") ? "left" : clause?.getChild("GroupRight") ? "right" : undefined;
  return {
    from: node.from,
    to: node.to,
    kind: "binary",
    operator: operator(left, source),
    left: expression(left, source),
    right: expression(right, source),
    ...(clause &&
      matched && {
        matching: {
          on: clause.getChild("On") !== null,
          names: names(matched, source),
          ...(group && { group }),
          ...(included && { include: names(included, source) }),
        },
      }),
  };
}

function operator(left: SyntaxNode, source: Source): string {
  const next = left.nextSibling;
  return next?.name === "LineComment" ? operator(next, source) : textOf(next, source).toLowerCase();
}

function operands(node: SyntaxNode, source: Source): Expression[] {
  return (node.getChild("FunctionCallBody")?.getChildren("Expr") ?? []).map((child) => expression(child, source));
}

function names(node: SyntaxNode, source: Source): Names {
  const labels = children(node).map((child) => ({
    from: child.from,
    to: child.to,
    name: unquoted(textOf(child, source)),
  }));
  return {
    from: node.from,
    to: node.to,
    labels: labels.filter((label) => !source.isVariable(label)),
    variable: labels.some((label) => source.isVariable(label)),
  };
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function textOf(node: SyntaxNode | null | undefined, { text }: Source): string {
  return node ? text.slice(node.from, node.to) : "";
}

function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

function unquoted(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  if (!/^["']/.test(text)) return text;
  return text.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char);
}

/** A number, or a duration in seconds. */
function number(text: string): number {
  const duration = inSeconds(text.replace(/^[-+]/, ""));
  if (Number.isNaN(duration)) return Number(text.replace(/_/g, "").replace(/inf$/i, "Infinity"));
  return text.startsWith("-") ? -duration : duration;
}
