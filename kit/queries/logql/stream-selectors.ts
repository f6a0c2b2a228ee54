import { parser } from "@grafana/lezer-logql";
import { descendants } from "./logql-syntax";

/** Stream selectors of an expression: `{app="shop"}`. Braces of templates and formats are not selectors. */
export function streamSelectors(text: string): readonly string[] {
  const found = descendants(parser.parse(text).topNode, /^Selector$/);
  return [...new Set(found.map(({ from, to }) => text.slice(from, to)))];
}
