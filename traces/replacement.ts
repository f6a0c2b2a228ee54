/** A regular expression in RE2's syntax and the text that replaces its matches, as OTTL's functions take them. */
export interface Replacement {
  readonly expression: string;
  /** Text with references to groups, such as `${1}`. */
  readonly replacement: string;
}

/**
 * Log agents replace the groups that an expression captures, and OTTL replaces whole matches. So the parts that an
 * expression captures and the parts that it does not capture change places: the text around a secret is captured, and the
 * replacement repeats it.
 *
 * Choices without a group beside choices with one only protect text from the others, which a replacement cannot express.
 * They are left out, so that more is replaced.
 *
 * @throws {Error} when the expression captures two groups in a row, or repeats a group
 */
export function replacing(expression: string, mark: string): Replacement {
  const groups = { count: 0, before: "", after: "" };
  const inverted = invert(choices(expression), groups);
  return { expression: inverted, replacement: `${groups.before}${mark}${groups.after}` };
}

interface Groups {
  count: number;
  before: string;
  after: string;
}

/** Parts of an expression in a row. A part with choices is a group. */
type Part =
  | string
  | { readonly choices: readonly (readonly Part[])[]; readonly captures: boolean; readonly opening: string };

function invert(alternatives: readonly (readonly Part[])[], groups: Groups): string {
  return alternatives
    .filter(hasCapture)
    .map((parts) => invertRow(parts, groups))
    .join("|");
}

function invertRow(parts: readonly Part[], groups: Groups): string {
  const place = parts.findIndex(holdsCapture);
  const part = parts[place];
  if (part === undefined || typeof part === "string") throw new Error("no group");
  if (parts.slice(place + 1).some(holdsCapture)) throw new Error("two groups in a row");
  if (/^[*+?{]/.test(String(parts[place + 1] ?? ""))) throw new Error("a repeated group");
  const around = (texts: readonly Part[], side: "before" | "after") => {
    const text = texts.map(source).join("");
    if (text === "") return "";
    groups[side] += `\${${++groups.count}}`;
    return `(${text})`;
  };
  const before = around(parts.slice(0, place), "before");
  const secret = part.captures
    ? `(?:${part.choices.map((row) => row.map(source).join("")).join("|")})`
    : `${part.opening}${invert(part.choices, groups)})`;
  return `${before}${secret}${around(parts.slice(place + 1), "after")}`;
}

function hasCapture(parts: readonly Part[]): boolean {
  return parts.some(holdsCapture);
}

function holdsCapture(part: Part): boolean {
  return typeof part !== "string" && (part.captures || part.choices.some(hasCapture));
}

/** The text of a part, without captures. */
function source(part: Part): string {
  if (typeof part === "string") return part;
  return `${part.captures ? "(?:" : part.opening}${part.choices.map((row) => row.map(source).join("")).join("|")})`;
}

/** Escapes, classes of characters, starts and ends of groups, and single characters. */
const tokens = /\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?:\?[a-zA-Z-]*:)?|[\s\S]/g;

function choices(expression: string): (readonly Part[])[] {
  const found = expression.match(tokens) ?? [];
  const next = () => found.shift();
  const read = (): Part[][] => {
    const rows: Part[][] = [[]];
    for (let token = next(); token !== undefined && token !== ")"; token = next()) {
      const row = rows.at(-1) as Part[];
      if (token === "|") rows.push([]);
      else if (token.startsWith("(")) row.push({ choices: read(), captures: token === "(", opening: token });
      else row.push(token);
    }
    return rows;
  };
  return read();
}
