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

const secretName = "(?i:password|passwd|pwd|passphrase|secret|token|api[_-]?key)";

/**
 * The second net under the ERP's own redaction, and the only one under what others write; both take out the same. RE2
 * looks neither ahead nor behind: what surrounds a secret is matched too, but only the groups are replaced. None of them
 * begins with a bracket, so that nothing is redacted twice.
 */
const shapes: readonly Shape[] = [
  // PostgreSQL repeats the row or the key that it refused, to the end of its line.
  {
    name: "row",
    expression: String.raw`^[^{].*?DETAIL:\s+([^\[\s].*)|DETAIL:(?:\s|\\t)+((?:[^"\\\[\s]|\\[^nt])(?:[^"\\]|\\[^n])*)`,
  },
  { name: "credentials", expression: String.raw`(?i:[a-z][a-z0-9+.-]*)://([^\s/@"\[][^\s/@"]*)@` },
  // A word that is long or holds a digit: "bearer" and "basic" stand in sentences too.
  {
    name: "authorization",
    expression: String.raw`(?i:bearer|basic)\s+([\w.~+/=-]{16,}|[A-Za-z.~+/=_-]*\d[\w.~+/=-]*)`,
  },
  { name: "JWT", expression: String.raw`(eyJ[\w-]+\.[\w-]+\.[\w.-]*)` },
  { name: "secret", expression: String.raw`${secretName}\s*[=:]\s*([^\s"'\\,;&()\[\]{}]+)` },
  {
    name: "secret",
    expression: String.raw`${secretName}(?:\\*["'])?\s*[=:]\s*(?:"((?:[^"\\\[]|\\.)(?:[^"\\]|\\.)*)|\\+"([^"\\\[][^"\\]*)|'([^'\\\[][^'\\]*))`,
  },
  { name: "e-mail", expression: String.raw`${wordStart}([\w.+%-]+@(?:[\w-]+\.)+[A-Za-z]{2,})` },
  {
    name: "IBAN",
    expression: String.raw`${wordStart}([A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))\b`,
    only: ifIban,
  },
  {
    name: "card number",
    expression: String.raw`${beforeDigits}((?:[3-6]\d|2[2-7])(?:\d{11,17}|\d{2}(?:[ -]\d{4}){3}|\d{2}[ -]\d{6}[ -]\d{5}))\b`,
    only: ifLuhn,
  },
];

interface Shape {
  readonly name: string;
  readonly expression: string;
  /** Template that writes the mark where the value is what it looks like, and the value where it is not. */
  readonly only?: (mark: string) => string;
}

export const redaction: readonly Stage[] = shapes.map(({ name, expression, only = (text) => text }) => ({
  replace: { expression, replace: only(`${mark}: ${name}]`) },
}));
