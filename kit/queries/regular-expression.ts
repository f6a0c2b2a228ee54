import { RE2JS } from "re2js";

/**
 * The finding about a regular expression that RE2 refuses, in the words of Go's package `regexp`; undefined if it is valid.
 * Prometheus, Alertmanager, Loki and the log agents use RE2, which lacks some of the syntax of JavaScript.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function re2Finding(pattern: string): { readonly rule: string; readonly remedy: string } | undefined {
  if (/^[\w\s|./:-]*$/.test(pattern)) return undefined;
  if (!errors.has(pattern)) errors.set(pattern, compileError(pattern));
  const error = errors.get(pattern);
  if (error === undefined) return undefined;
  const remedy = "correct it; RE2 has no look-around, no back-references and no possessive quantifiers";
  return { rule: `not a regular expression of RE2: ${error}`, remedy };
}

/** The number of groups that a valid regular expression captures. */
export function captureCount(pattern: string): number {
  return RE2JS.compile(pattern).groupCount();
}

const errors = new Map<string, string | undefined>();

function compileError(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace("error parsing regexp: ", "");
  }
}

/**
 * The alternatives of a regular expression: `a(b|c)|d` is `ab`, `ac` or `d`. A repeated part, such as
 * `(b|c)*`, is not split. The whole expression is not split if it has very many alternatives, or if it quotes a part with
 * RE2's `\Q…\E`.
 */
export function alternatives(regex: string): readonly string[] {
  if (regex.includes("\\Q")) return [regex];
  const [, flags = "", body = ""] = regex.match(/^(\(\?[a-zA-Z]+\))?(.*)$/s) ?? [];
  const found = expand(body);
  return found.length > mostAlternatives ? [regex] : found.map((one) => flags + one);
}

/** All texts that a pattern matches; undefined if there are too many, or if the pattern contains a repetition. */
export function matchedTexts(pattern: string): readonly string[] | undefined {
  const known = texts.get(pattern) ?? alternatives(pattern).map(textsOf);
  texts.set(pattern, known);
  return known.every((one) => one !== undefined) ? known.flat() : undefined;
}

/**
 * Whether a value matches the expression as a whole. Supports the syntax that RE2 and JavaScript share; other
 * expressions count as a possible match.
 */
export function matchesWhole(regex: string): (value: string) => boolean {
  if (/\\[QpPAzC]|\[\[:/.test(regex)) return () => true;
  try {
    const [, flags = "", body = ""] = regex.match(/^(?:\(\?([ims]+)\))?(.*)$/s) ?? [];
    const compiled = new RegExp(`^(?:${body})$`, `s${flags.replace(/s/g, "")}`);
    return (value) => compiled.test(value);
  } catch {
    return () => true;
  }
}

const mostAlternatives = 200;
const mostTexts = 1000;
const texts = new Map<string, readonly (readonly string[] | undefined)[]>();

/** An escaped character, a class, or any other character. */
const atom = /\\.|\[(?:\\.|[^\]\\])+\]|./gs;

function expand(regex: string): readonly string[] {
  if (!/[|]/.test(regex)) return [regex];
  const branches = splitBranches(regex);
  if (branches.length > mostAlternatives) return branches;
  if (branches.length > 1) return branches.flatMap(expand);
  const group = choiceIn(regex);
  if (!group) return [regex];
  const [before, after] = [regex.slice(0, group.from), regex.slice(group.to)];
  const inner = expand(group.body);
  const rest = expand(after);
  if (inner.length * rest.length > mostAlternatives) return [regex];
  return inner.flatMap((one) => rest.map((end) => before + one + end));
}

function splitBranches(regex: string): string[] {
  const branches = [""];
  let depth = 0;
  for (const [part] of regex.matchAll(atom)) {
    if (part === "(") depth += 1;
    if (part === ")") depth -= 1;
    if (part === "|" && depth === 0) branches.push("");
    else branches.push(`${branches.pop()}${part}`);
  }
  return branches;
}

/** The first group with alternatives that is not repeated. */
function choiceIn(regex: string): { readonly from: number; readonly to: number; readonly body: string } | undefined {
  const starts: number[] = [];
  for (const { 0: part, index } of regex.matchAll(atom)) {
    if (part === "(") starts.push(index);
    if (part !== ")") continue;
    const from = starts.pop();
    if (from === undefined) return undefined;
    const body = regex.slice(from + 1, index).replace(/^\?:/, "");
    const isPlain = starts.length === 0 && !body.startsWith("?") && !/[*+?{]/.test(regex[index + 1] ?? "");
    if (isPlain && body.includes("|")) return { from, to: index + 1, body };
  }
  return undefined;
}

function textsOf(alternative: string): readonly string[] | undefined {
  let found: readonly string[] = [""];
  for (const [part] of alternative.matchAll(atom)) {
    const letters = lettersOf(part);
    if (!letters || found.length * letters.length > mostTexts) return undefined;
    found = found.flatMap((text) => letters.map((letter) => text + letter));
  }
  return found;
}

/** The characters that one atom matches; undefined unless it is a plain character or a class of plain characters. */
function lettersOf(part: string): readonly string[] | undefined {
  if (/^\\[^a-zA-Z0-9]$/.test(part)) return [part.slice(1)];
  if (part.length === 1) return /[.*+?^${}()|\\]/.test(part) ? undefined : [part];
  const listed = part.slice(1, -1);
  if (!part.startsWith("[") || /[\\^[]/.test(listed)) return undefined;
  return [...listed.matchAll(/(.)-(.)|(.)/g)].flatMap(([, first, last, single]) => {
    if (single !== undefined) return [single];
    const [from, to] = [first?.charCodeAt(0) ?? 0, last?.charCodeAt(0) ?? 0];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => String.fromCharCode(from + index));
  });
}
