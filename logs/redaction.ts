import { ifIban, ifLuhn } from "./checksums";
import type { Stage } from "./stages";

/** What stands in the place of a secret. The ERP's own mark is another: this one says that the ERP had let it through. */
export const mark = "[redacted by the log agent";

/**
 * JSON is seen from outside: a line break in a text stands as `\n`, a quote as `\"`. What follows that n begins a word,
 * and neither may be torn apart.
 */
const wordStart = String.raw`(?:\\[bfnrt]|\\u[0-9a-fA-F]{4}|\b)`;

/** No digit, and no bare number after a JSON key: without it the line would be no JSON any more. */
const beforeDigits = String.raw`(?:^|\\[bfnrt]|[^\w\s.:-]|[^\s:]\s+|\b\s+|[^"\s]:\s*)`;

/** A word that is long or holds a digit: "bearer" and "basic" stand in sentences too. */
const token = String.raw`[\w.~+/=-]{16,}|[A-Za-z.~+/=_-]*\d[\w.~+/=-]*`;

const secretName = "(?i:password|passwd|pwd|passphrase|secret|token|api[_-]?key)";
const quoted = String.raw`(?:\\*["'])?\s*[=:]\s*(?:"((?:[^"\\\[]|\\.)(?:[^"\\]|\\.)*)|\\+"([^"\\\[][^"\\]*)|'([^'\\\[][^'\\]*))`;
const bare = String.raw`\s*[=:]\s*([^\s"'\\,;&()\[\]{}]+)`;

/**
 * The second net under the ERP's own redaction, and the only one under what others write; both take out the same. RE2
 * looks neither ahead nor behind: what surrounds a secret is matched too, but only the groups are replaced. None of them
 * begins with a bracket, so that nothing is redacted twice. What begins with a fixed text is found a hundred times as
 * fast: hence no first letter where it may be a capital one.
 */
const shapes: readonly Shape[] = [
  // PostgreSQL repeats the row or the key that it refused, to the end of its line: by itself, or within JSON.
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
   * The LogQL filter that selects the lines which can contain the secret; it costs less than the expression.
   * @default the expression is applied to every line
   */
  readonly only?: string;
  /**
   * The template that writes the mark if the value really is such a secret, and the value itself if it is not.
   * @default the mark is always written
   */
  readonly where?: (mark: string) => string;
}

export const redaction: readonly Stage[] = shapes.map(({ name, expression, only, where = (text) => text }) => {
  const stage = { replace: { expression, replace: where(`${mark}: ${name}]`) } };
  return only ? { match: { selector: `{namespace=~".+"} ${only}`, stages: [stage] } } : stage;
});
