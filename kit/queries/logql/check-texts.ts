import type { SyntaxNode } from "@lezer/common";
import { hasVariable } from "../grafana-variables";
import type { Report } from "../query-finding";
import { unknownEscape } from "../quoted-text";
import { re2Finding } from "../regular-expression";
import { filterPatternFault, parserPatternFault } from "./line-pattern";
import { descendants, type Source, stringOf, textOf } from "./logql-syntax";

/**
 * Reports escape sequences, regular expressions and patterns that Loki refuses. Selectors and label filters check their
 * own.
 */
export function checkTexts(root: SyntaxNode, source: Source, report: Report): void {
  const texts = descendants(root, /^String$/);
  const unreadable = texts.filter((text) => unknownEscape(textOf(text, source)) !== undefined);
  for (const text of unreadable) {
    const unknown = unknownEscape(textOf(text, source));
    report(text, `unknown escape sequence ${unknown}`, `write \\${unknown}, or the text in backticks`);
  }
  for (const text of texts.filter((one) => !unreadable.includes(one))) {
    const pattern = stringOf(text, source);
    const fault = hasVariable(pattern) ? undefined : linePatternCheck(text)?.(pattern);
    if (fault) report(text, fault.rule, fault.remedy);
    if (!isRegularExpression(text)) continue;
    const invalid = hasVariable(pattern) ? undefined : re2Finding(pattern);
    if (invalid) report(text, invalid.rule, invalid.remedy);
    else if (text.parent?.name === "LabelParser" && !/\(\?P?<\w+>/.test(pattern))
      report(text, "`regexp` needs a named group", "name a group, such as (?P<user>\\w+)");
  }
}

/** The check of a text that is the pattern of `pattern`, `|>` or `!>`. @returns undefined for every other text */
function linePatternCheck(text: SyntaxNode): typeof parserPatternFault | undefined {
  const parent = text.parent?.name === "OrFilter" ? text.parent.parent : text.parent;
  if (parent?.name === "LabelParser" && parent.getChild("Pattern") !== null) return parserPatternFault;
  if (parent?.name !== "LineFilter" || !/^(PipePattern|Npa)$/.test(parent.firstChild?.firstChild?.name ?? ""))
    return undefined;
  return filterPatternFault;
}

/** Whether the text is the regular expression of `|~`, `!~`, `regexp` or `label_replace`. */
function isRegularExpression(text: SyntaxNode): boolean {
  const parent = text.parent?.name === "OrFilter" ? text.parent.parent : text.parent;
  switch (parent?.name) {
    case "LineFilter":
      return (
        parent.getChild("FilterOp") === null && /^(PipeMatch|Nre)$/.test(parent.firstChild?.firstChild?.name ?? "")
      );
    case "LabelParser":
      return parent.getChild("Regexp") !== null;
    case "LabelReplaceExpr":
      return parent.getChildren("String").at(-1)?.from === text.from;
    default:
      return false;
  }
}
