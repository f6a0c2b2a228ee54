import type { Option } from "./model";

/** The options of a variable of type "custom": `a, b` or `text : value, text : value`. A comma in a value is escaped. */
export function customOptions(query: string): readonly Option[] {
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((entry) => {
    const written = entry.replaceAll("\\,", ",").trim();
    const [, text, value] = /^(.+)\s:\s(.+)$/.exec(written) ?? [];
    return text !== undefined && value !== undefined
      ? { text: text.trim(), value: value.trim() }
      : { text: written, value: written };
  });
}

/**
 * The part of each query result that a variable's regular expression selects: the first group, or the groups named `text`
 * and `value`. Results that do not match are dropped.
 */
export function applyRegex(results: readonly string[], regex: string | undefined): readonly Option[] {
  const pattern = regex ? parseRegex(regex) : undefined;
  const options = results.flatMap((result): Option[] => {
    if (!pattern) return [{ text: result, value: result }];
    const match = pattern.exec(result);
    if (!match) return [];
    const { text, value } = match.groups ?? {};
    if (text !== undefined || value !== undefined) return [{ text: text ?? value ?? "", value: value ?? text ?? "" }];
    const found = match[1] ?? match[0];
    return [{ text: found, value: found }];
  });
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

/** `/pattern/flags`, or a pattern for the whole text. */
function parseRegex(text: string): RegExp {
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  return pattern === undefined ? new RegExp(`^${text}$`) : new RegExp(pattern, flags?.replace("g", ""));
}

const ignoringCase = (a: string, b: string) => a.toLowerCase().localeCompare(b.toLowerCase());
const firstNumber = (text: string) => Number(/\d+/.exec(text)?.[0] ?? -1);
const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const orders: readonly ((a: string, b: string) => number)[] = [
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  (a, b) => firstNumber(a) - firstNumber(b),
  ignoringCase,
  (a, b) => natural.compare(a, b),
];

/** Sorted as the number of the setting "Sort" specifies: 0 keeps the order, odd numbers ascend, even ones descend. */
export function sortOptions(options: readonly Option[], sort = 0): readonly Option[] {
  const order = orders[Math.ceil(sort / 2) - 1];
  if (!order) return options;
  const sorted = [...options].sort((a, b) => order(a.text, b.text));
  return sort % 2 === 0 ? sorted.reverse() : sorted;
}
