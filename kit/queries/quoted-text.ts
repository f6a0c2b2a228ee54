/**
 * The escape sequence in a quoted text that Go does not have, as it is written; undefined if there is none. Prometheus
 * and Loki refuse it: the regular expression `\d` is `"\\d"` in quotes. Text in backticks has no escape sequences.
 *
 * @param written the text with its quotes
 * @see https://go.dev/ref/spec#String_literals
 */
export function unknownEscape(written: string): string | undefined {
  const [quote = ""] = written;
  if (quote === "`") return undefined;
  const known = /^\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/;
  const escapes = written.slice(1, -1).matchAll(/\\(?:[abfnrtv\\"']|[0-7]{3}|x..|u.{4}|U.{8}|.)/gs);
  for (const [found] of escapes) if (found !== `\\${quote}` && !known.test(found)) return found;
  return undefined;
}

/** The value of a text in quotes or backticks. A text without them is its own value. */
export function unquote(written: string): string {
  if (written.startsWith("`")) return written.slice(1, -1);
  if (!/^["']/.test(written)) return written;
  return written.slice(1, -1).replace(/\\([0-7]{3}|x..|u.{4}|U.{8}|.)/gs, (_, code: string) => {
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16) || 0xfffd);
    return controls[code] ?? code;
  });
}

const controls: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
