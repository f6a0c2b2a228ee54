import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { inSeconds } from "../duration";
import { anyOperator, completeVariables, hasVariable } from "../grafana-variables";
import type { Names } from "../grouping";
import { isSelective, type Matcher } from "../matching";
import type { Report, Span } from "../query-finding";
import { unquote } from "../quoted-text";
import { firstSyntaxError, syntaxFinding } from "../syntax-error";
import { unreadableNotation } from "./check-notation";
import type { Expression } from "./expression";

/** Syntax trees by source text: most expressions are checked several times, and in every environment. */
const trees = new Map<string, Expression>();

/** The expression's syntax tree; if it is not PromQL, reports that and returns undefined. */
export function parsePromql(source: string, report: Report): Expression | undefined {
  const known = trees.get(source);
  if (known) return known;
  const { text, variables, tree } = completeVariables(source, (text) => parser.parse(text));
  const broken = firstSyntaxError(tree.cursor());
  const root = tree.topNode.getChild("Expr");
  if (broken || !root) {
    const at = broken ?? { from: 0, to: source.length };
    const { rule, remedy, ...span } = syntaxFinding(at, source, "PromQL");
    report(span, rule, remedy);
    return undefined;
  }
  const unreadable = unreadableNotation(tree, text);
  if (unreadable) {
    report(unreadable.at, unreadable.rule, unreadable.remedy);
    return undefined;
  }
  const found = parseExpression(root, {
    source,
    text,
    isVariable: (span) => variables.some((one) => overlaps(one, span)),
  });
  trees.set(source, found);
  return found;
}

interface Source {
  readonly source: string;
  readonly text: string;
  isVariable(span: Span): boolean;
}

function parseExpression(node: SyntaxNode, source: Source): Expression {
  const span = { from: node.from, to: node.to };
  const text = source.text.slice(node.from, node.to);
  switch (node.name) {
    case "NumberDurationLiteral":
      return { ...span, kind: "number", value: parseNumber(text) };
    case "StringLiteral":
      return { ...span, kind: "string", value: unquote(source.source.slice(node.from, node.to)) };
    case "VectorSelector":
      return parseSelector(node, source);
    case "MatrixSelector":
    case "SubqueryExpr":
      return { ...span, kind: "range", subquery: node.name === "SubqueryExpr", ...parseRange(node, source) };
    case "FunctionCall": {
      const name = operatorOf(node.getChild("FunctionIdentifier"), source);
      return { ...span, kind: "call", name, operands: parseOperands(node, source) };
    }
    case "AggregateExpr": {
      const modifier = node.getChild("AggregateModifier");
      const grouping = modifier?.getChild("GroupingLabels");
      return {
        ...span,
        kind: "aggregation",
        operator: operatorOf(node.getChild("AggregateOp"), source),
        without: modifier?.getChild("Without") != null,
        ...(grouping && { grouping: parseNames(grouping, source) }),
        operands: parseOperands(node, source),
      };
    }
    case "BinaryExpr":
      return parseBinary(node, source);
    case "UnaryExpr": {
      const operand = parseExpression(node.getChild("Expr") as SyntaxNode, source);
      const negative = operand.kind === "number" && text.startsWith("-");
      return negative ? { ...span, kind: "number", value: -operand.value } : operand;
    }
    default:
      return parseExpression(node.getChild("Expr") as SyntaxNode, source);
  }
}

function parseSelector(node: SyntaxNode, source: Source): Expression {
  const span = { from: node.from, to: node.to };
  const identifier = node.getChild("Identifier");
  const matchers = node.getChild("LabelMatchers");
  if (identifier && source.isVariable(identifier) && !matchers) return { ...span, kind: "variable" };
  const written = matchers ? children(matchers) : [];
  const known = written.filter((matcher) => !hasVariableLabel(matcher, source));
  const found = known.map((matcher): Matcher => {
    const label = matcher.getChild("LabelName") ?? matcher.getChild("QuotedLabelName") ?? matcher;
    const value = matcher.getChild("StringLiteral");
    return {
      from: matcher.from,
      to: matcher.to,
      label: label === matcher ? "__name__" : unquote(textOf(label, source)),
      operator: (textOf(matcher.getChild("MatchOp"), source) || "=") as Matcher["operator"],
      value: unquote(source.source.slice((value ?? matcher).from, (value ?? matcher).to)),
    };
  });
  const exact = found.find(({ label, operator }) => label === "__name__" && operator === "=")?.value;
  const name = identifier && !source.isVariable(identifier) ? textOf(identifier, source) : exact;
  return {
    ...span,
    kind: "selector",
    ...(name !== undefined && !hasVariable(name) && { name }),
    matchers: found.filter(({ label }) => label !== "__name__"),
    selective: identifier !== null || known.length < written.length || found.some(isSelective),
  };
}

/** Nothing is known about a matcher whose label Grafana inserts. */
function hasVariableLabel(matcher: SyntaxNode, source: Source): boolean {
  return (
    matcher.firstChild !== null && source.isVariable(matcher.firstChild) && matcher.firstChild.name !== "StringLiteral"
  );
}

function parseRange(node: SyntaxNode, source: Source) {
  const length = node.getChild("DurationExpr");
  const literal = length?.getChild("NumberDurationLiteralInDurationContext");
  const of = parseExpression(node.getChild("Expr") as SyntaxNode, source);
  if (!literal) return { of };
  const variable = source.isVariable(literal) && source.source.slice(literal.from, literal.to);
  return { of, length: variable || parseNumber(textOf(literal, source)) };
}

function parseBinary(node: SyntaxNode, source: Source): Expression {
  const [left, right] = node.getChildren("Expr") as [SyntaxNode, SyntaxNode];
  const clause = node.getChild("MatchingModifierClause");
  const [matched, included] = clause?.getChildren("GroupingLabels") ?? [];
  const group = clause?.getChild("GroupLeft") ? "left" : clause?.getChild("GroupRight") ? "right" : undefined;
  return {
    from: node.from,
    to: node.to,
    kind: "binary",
    operator: parseOperator(left, source),
    bool: node.getChild("BoolModifier") !== null,
    left: parseExpression(left, source),
    right: parseExpression(right, source),
    ...(clause &&
      matched && {
        matching: {
          on: clause.getChild("On") !== null,
          names: parseNames(matched, source),
          ...(group && { group }),
          ...(included && { include: parseNames(included, source) }),
        },
      }),
  };
}

function parseOperator(left: SyntaxNode, source: Source): string {
  const next = left.nextSibling;
  return next?.name === "LineComment" ? parseOperator(next, source) : operatorOf(next, source).toLowerCase();
}

function operatorOf(node: SyntaxNode | null, source: Source): string {
  return node && source.isVariable(node) ? anyOperator : textOf(node, source);
}

function parseOperands(node: SyntaxNode, source: Source): Expression[] {
  return (node.getChild("FunctionCallBody")?.getChildren("Expr") ?? []).map((child) => parseExpression(child, source));
}

function parseNames(node: SyntaxNode, source: Source): Names {
  const labels = children(node).map((child) => ({
    from: child.from,
    to: child.to,
    name: unquote(textOf(child, source)),
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

function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

/** A number, or a duration in seconds. */
function parseNumber(text: string): number {
  const duration = inSeconds(text.replace(/^[-+]/, ""));
  if (Number.isNaN(duration)) return Number(text.replace(/_/g, "").replace(/inf$/i, "Infinity"));
  return text.startsWith("-") ? -duration : duration;
}
