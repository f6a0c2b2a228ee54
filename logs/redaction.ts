import { ifIban, ifLuhn } from "./checksums";
import type { Stage } from "./stages";

/**
 * Text that replaces a secret. It differs from the ERP's own mark, so that it shows that the ERP did not redact the
 * secret.
 */
export const mark = "[redacted by the log agent";

/**
 * Start of a word inside the raw text of a JSON line, in which a line break is `\n` and a quote is `\"`. The character
 * after such an escape starts a word, and the escape itself must not be split.
 */
const wordStart = String.raw`(?:\\[bfnrt]|\\u[0-9a-fA-F]{4}|\b)`;

/**
 * Text before a number that may be replaced. It excludes other digits, and numbers that are the value of a JSON key:
 * without such a number the line would not be valid JSON any more.
 */
const beforeDigits = String.raw`(?:^|\\[bfnrt]|[^\w\s.:-]|[^\s:]\s+|\b\s+|[^"\s]:\s*)`;

/** A token: a word that is long or contains a digit. "bearer" and "basic" also occur in sentences. */
const token = String.raw`[\w.~+/=-]{16,}|[A-Za-z.~+/=_-]*\d[\w.~+/=-]*`;

const secretName = "(?i:password|passwd|pwd|passphrase|secret|token|api[_-]?key)";
const quoted = String.raw`(?:\\*["'])?\s*[=:]\s*(?:"((?:[^"\\\[]|\\.)(?:[^"\\]|\\.)*)|\\+"([^"\\\[][^"\\]*)|'([^'\\\[][^'\\]*))`;
const bare = String.raw`\s*[=:]\s*([^\s"'\\,;&()\[\]{}]+)`;

/**
 * Patterns of secrets. They are the second protection for lines of the ERP, which redacts the same secrets itself, and
 * the only protection for lines of other programs. RE2 has no lookahead or lookbehind: the text around a secret is
 * matched too, but only the groups are replaced. No group starts with a bracket, so that nothing is redacted twice.
 * Expressions that begin with a fixed text are about a hundred times faster; therefore the first letter is left out
 * where it may be upper or lower case.
 */
const shapes: readonly Shape[] = [
  // PostgreSQL repeats the row or key that it rejected, up to the end of its line: in plain text, or within JSON.
  { name: "row", expression: String.raw`^[^{].*?DETAIL:\s+([^\[\s].*)` },
  { name: "row", expression: String.raw`DETAIL:(?:\s|\\t)+((?:[^"\\\[\s]|\\[^nt])(?:[^"\\]|\\[^n])*)` },
  { name: "credentials", expression: String.raw`://([^\s/@"\[][^\s/@"]*)@` },
  { name: "authorization", expression: String.raw`earer\s+(${token})` },
  { name: "authorization", expression: String.raw`asic\s+(${token})` },
  { name: "JWT", expression: String.raw`(eyJ[\w-]+\.[\w-]+\.[\w.-]*)` },
  { name: "secret", expression: `${secretName}(?:${quoted}|${bare})` },
  { name: "e-mail", only: '|= "@"', expression: String.raw`${wordStart}([\w.+%-]+@(?:[\w-]+\.)+[A-Za-z]{2,})` },
  {
    name: "IBAN",
    expression: String.raw`${wordStart}([A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))\b`,
    where: ifIban,
  },
  {
    name: "card number",
    only: '|~ "[0-9][0-9 -]{12}"',
    expression: String.raw`${beforeDigits}((?:[3-6]\d|2[2-7])(?:\d{11,17}|\d{2}(?:[ -]\d{4}){3}|\d{2}[ -]\d{6}[ -]\d{5}))\b`,
    where: ifLuhn,
  },
];

interface Shape {
  readonly name: string;
  readonly expression: string;
  /**
   * LogQL filter for lines that can contain the secret, which is cheaper than the expression.
   * @default the expression is applied to every line
   */
  readonly only?: string;
  /**
   * Template that writes the mark if the value really is such a secret, and the value itself otherwise.
   * @default the mark is always written
   */
  readonly where?: (mark: string) => string;
}

export const redaction: readonly Stage[] = shapes.map(({ name, expression, only, where = (text) => text }) => {
  const stage = { replace: { expression, replace: where(`${mark}: ${name}]`) } };
  return only ? { match: { selector: `{namespace=~".+"} ${only}`, stages: [stage] } } : stage;
});
