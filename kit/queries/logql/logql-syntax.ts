import type { SyntaxNode } from "@lezer/common";
import type { Names } from "../grouping";
import type { Matcher } from "../matching";
import type { Span } from "../query-finding";
import { unquote } from "../quoted-text";

/** A LogQL text with its syntax tree. */
export interface Source {
  readonly text: string;
  /** Places where Grafana inserts text. */
  readonly variables: readonly Span[];
}

export function textOf(node: SyntaxNode, { text }: Source): string {
  return text.slice(node.from, node.to);
}

/** The value of a quoted string. */
export function stringOf(node: SyntaxNode, source: Source): string {
  return unquote(textOf(node, source));
}

/** All nodes of these kinds below a node, in the order of the text, without nested ones. */
export function descendants(node: SyntaxNode, kinds: RegExp): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (kinds.test(child.name)) found.push(child);
    else found.push(...descendants(child, kinds));
  }
  return found;
}

/** The child that is an expression with its own series. */
export function operand(node: SyntaxNode): SyntaxNode | undefined {
  return node.getChild("MetricExpr") ?? node.getChild("LogRangeExpr") ?? undefined;
}

export function isVariable(span: Span, { variables }: Source): boolean {
  return variables.some(({ from, to }) => from < span.to && span.from < to);
}

/** The matcher; undefined if Grafana inserts the name of its label. */
export function parseMatcher(node: SyntaxNode, source: Source): Matcher | undefined {
  const [label, operator, value] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
  if (label && isVariable(label, source)) return undefined;
  return {
    from: node.from,
    to: node.to,
    label: label ? textOf(label, source) : "",
    operator: (operator ? textOf(operator, source) : "=") as Matcher["operator"],
    value: value ? stringOf(value, source) : "",
  };
}

export function parseNames(node: SyntaxNode, source: Source): Names {
  const labels = descendants(node, /^(Identifier|LabelName)$/).map((label) => ({
    from: label.from,
    to: label.to,
    name: textOf(label, source),
  }));
  return {
    from: node.from,
    to: node.to,
    labels: labels.filter((label) => !isVariable(label, source)),
    variable: labels.some((label) => isVariable(label, source)),
  };
}
