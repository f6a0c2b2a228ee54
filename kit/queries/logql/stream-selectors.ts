import { parser } from "@grafana/lezer-logql";
import { descendants } from "./logql-syntax";

/** What an expression reads: `{app="erp-api"}`. Braces of templates and of formats are none. */
export function streamSelectors(text: string): readonly string[] {
  const found = descendants(parser.parse(text).topNode, /^Selector$/);
  return [...new Set(found.map(({ from, to }) => text.slice(from, to)))];
}
