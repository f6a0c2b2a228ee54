import { codeBlock, codeSpan } from "./markdown-code";

/**
 * Facts of a page, which a change of its wording must keep: numbers with their units, lines of code blocks, text in
 * backticks, targets of links, and names such as `RedisDown`.
 */
export function pageFacts(markdown: string): ReadonlySet<string> {
  const code = [...markdown.matchAll(codeBlock)].flatMap(([, , block = ""]) => block.split("\n"));
  const text = markdown.replace(codeBlock, "");
  const quoted = [...text.matchAll(codeSpan)].map(([, , name = ""]) => name.replace(/\s+/g, " ").trim());
  const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  const prose = text.replace(codeSpan, " ").replace(/\]\([^)]*\)/g, "] ");
  const names = prose.match(/\b(?:[A-Z][a-z0-9]+){2,}\b/g) ?? [];
  const numbers = (withDigits(prose).match(/\b\d+(?:[.,]\d+)*(?: ?(?:%|[a-zµ]+\b))?/gi) ?? []).map(figure);
  return new Set([...code.map((line) => line.trim()), ...quoted, ...targets, ...names, ...numbers].filter(Boolean));
}

const numerals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** The text with digits in place of numerals; "one" is mostly a pronoun. */
function withDigits(text: string): string {
  return text.replace(/\b[a-z]+\b/gi, (word) => {
    const value = numerals.indexOf(word.toLowerCase()) + 1;
    return value > 1 ? `${value}` : word;
  });
}

/** The number, with its unit where the word after it is one. */
function figure(found: string): string {
  const [, number = "", unit = ""] = /^([\d.,]+?)[.,]? ?(%|[a-zµ]*)$/i.exec(found) ?? [];
  const known = /^(?:%|[mµn]?s|min|m|h|d|[kKMGT]i?B?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)$/.test(unit);
  return known ? `${number} ${unit.replace(/s$/, (end) => (unit.length > 2 ? "" : end))}` : number;
}
