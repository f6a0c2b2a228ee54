import { ifIban, ifLuhn } from "./checksums";
import { metadataFields } from "./metadata";
import type { Stage } from "./stages";

/**
 * Text that replaces a secret. It differs from the ERP's own mark, so that it shows that the ERP did not redact the
 * secret.
 */
export const mark = "[redacted by the log agent";

/** The form of a text in which secrets are searched. */
interface Text {
  readonly character: string;
  /** A character that is not the start of a mark, and not a hyphen. */
  readonly firstOfKey: string;
  readonly end: string;
}

/** The raw text of a JSON string, in which a line break is `\n` and a quote is `\"`. */
const inJson: Text = {
  character: String.raw`(?:[^"\\]|\\.)`,
  firstOfKey: String.raw`(?:[^"\\\[-]|\\.)`,
  end: '"|$',
};

/** A text of its own, in which a quote has no meaning. */
const plain: Text = { character: String.raw`[\s\S]`, firstOfKey: String.raw`[^\[-]`, end: "$" };

/**
 * Start of a word inside the raw text of a JSON line. The character after the escape of a line break starts a word, and
 * the escape itself must not be split.
 */
const wordStart = String.raw`(?:\\[bfnrt]|\\u[0-9a-fA-F]{4}|\b)`;

/**
 * Text before a number that may be replaced. It excludes other digits, and numbers that are the value of a JSON key:
 * without such a number the line would not be valid JSON any more.
 */
const beforeDigits = String.raw`(?:^|\\[bfnrt]|[^\w\s.:-]|[^\s:]\s+|\b\s+|[^"\s]:\s*)`;

/**
 * An id of the ERP's lines with its key, as the first choice of an expression: the id is matched, and nothing is
 * replaced. An id can look like an account or card number by chance.
 */
const anId = String.raw`"(?:${metadataFields.join("|")})":\s*"[\w.|-]+"`;

/**
 * Lines that PostgreSQL, SQLAlchemy and Python write after a detail of PostgreSQL. Only these and the end of the text end
 * a detail, because its values may contain line breaks.
 */
const lineBreak = String.raw`(?:\\+n|\s)[ |]*`;
const endOfDetail = [
  `${lineBreak}(?:HINT|QUERY|CONTEXT|LOCATION|(?:SCHEMA|TABLE|COLUMN|DATATYPE|CONSTRAINT) NAME):`,
  String.raw`${lineBreak}\[SQL: `,
  String.raw`${lineBreak}Traceback \(most recent`,
  `${lineBreak}${lineBreak}(?:The above exception|During handling of the above)`,
].join("|");

/** A token: a word that is long or contains a digit. "bearer" and "basic" also occur in sentences. */
const token = String.raw`[\w.~+/=-]{16,}|[A-Za-z.~+/=_-]*\d[\w.~+/=-]*`;

/** Names whose value is a secret. */
export const secretNames = [
  "pass(?:word|wd|phrase)|[_-]pass|pwd|secret|token|credentials?",
  "(?:api|access|account|auth|encryption|private|secret|shared|signing)[_-]?key",
].join("|");

/**
 * Keys with a known prefix, by a text that each of them contains. A filter for one text takes a microsecond, and an
 * expression with all of the prefixes a hundred.
 */
const apiKeys: Readonly<Record<string, string>> = {
  // Amazon
  AKIA: "AKIA[A-Z0-9]{16}",
  ASIA: "ASIA[A-Z0-9]{16}",
  // Stripe
  _live_: String.raw`[rs]k_live_\w{16,}`,
  _test_: String.raw`[rs]k_test_\w{16,}`,
  whsec_: String.raw`whsec_[\w+/=]{16,}`,
  // GitHub
  gh: String.raw`gh[oprsu]_\w{16,}`,
  github_pat_: String.raw`github_pat_\w{16,}`,
  // GitLab and Grafana
  "glpat-": String.raw`glpat-[\w.-]{16,}`,
  "glrt-": String.raw`glrt-[\w.-]{16,}`,
  glsa_: String.raw`glsa_\w{16,}`,
  // Slack
  xox: String.raw`xox[abeprs]-[\w-]{16,}`,
  xapp: String.raw`xapp-[\w-]{16,}`,
  // Telegram, in the addresses that Alertmanager logs when it cannot reach them
  "/bot": String.raw`bot\d+:[\w-]{30,}`,
  // Google
  AIza: String.raw`AIza[\w-]{16,}`,
  // Vault
  hv: String.raw`hv[bs]\.[\w-]{16,}`,
  // Sentry
  sntry: String.raw`sntry[su]_[\w+/=-]{16,}`,
  // npm and PyPI
  npm_: "npm_[A-Za-z0-9]{30,}",
  "pypi-": String.raw`pypi-AgE[\w-]{16,}`,
  // SendGrid
  "SG.": String.raw`SG\.[\w.-]{16,}`,
  // OpenAI and Anthropic
  "sk-": String.raw`sk-[\w-]{16,}`,
};

/**
 * A value in quotes: of JSON within JSON (twice, where a quote has three backslashes), of Python, and of plain text.
 * There, no value starts with a comma or bracket: such a quote is the end of a JSON string.
 */
const quoted = [
  inQuotes(String.raw`\\"`, String.raw`[^"\\]|\\{3}"|\\+[^"\\]`),
  inQuotes(String.raw`\\{3}"`, String.raw`[^"\\]|\\{7}"|\\+[^"\\]`),
  inQuotes("'", String.raw`[^'"\\]|\\.`),
  String.raw`"([^"\\\[\]},\s][^"\\]*)`,
].join("|");

/** The value between two quotes. Its first character is not one of `never`, which the first class of `part` excludes. */
function inQuotes(quote: string, part: string, never = String.raw`\[\]},`): string {
  return `${quote}((?:${part.replace("]", `${never}]`)})(?:${part})*)`;
}

/** A value without quotes. Commas, semicolons and brackets end it, unless the value continues after them. */
const bare = String.raw`[^\s"'\\&,;()\[\]{}](?:[^\s"'\\&,;()\[\]{}]|[,;()\[\]{}]+[^\s"'\\&,;()\[\]{}])*`;

/** A parameter of Digest and of other schemes. */
const parameter = String.raw`\w+=(?:\\"[^"\\]*\\"|\\{3}"[^"\\]*\\{3}"|"[^"\\\]},][^"\\]*"|[^\s,"'\\=][^\s,"'\\]*)`;

/** A word whose first letter is left out. */
function inBothCases(word: string): readonly string[] {
  return [word, word.toUpperCase()];
}

/** Text between a name and its value. In Python, a header is also a pair of bytes. */
const separator = String.raw`\s*[=:]\s*`;
const headerSeparator = String.raw`\s*(?:[=:]|,\s*b)\s*`;

/** A value after its name. A number or `true` after a name of JSON stays, so that the line remains valid JSON. */
function value(between: string, withoutQuotes: string): string {
  const ofJson = inQuotes('"', String.raw`[^"\\]|\\.`, String.raw`\[`);
  return String.raw`(?:"${between}${ofJson}|(?:\\+"|')?${between}(?:${quoted}|${withoutQuotes}))`;
}

/**
 * Patterns of secrets, with the names of the ERP's patterns in `erp/app/core/redaction.py`. They are the second
 * protection for lines of the ERP, which redacts the same secrets itself, and the only protection for lines of other
 * programs. RE2 has no lookahead or lookbehind: the text around a secret is matched too, but only the groups are
 * replaced. No group starts with a bracket, so that nothing is redacted twice. Expressions that begin with a fixed text
 * are about a hundred times faster; therefore the first letter is left out where it may be upper or lower case.
 */
function shapesIn({ character, firstOfKey, end }: Text): readonly Shape[] {
  const endsDetail = `${endOfDetail}|${end}`;
  return [
    // PostgreSQL repeats the row or key that it rejected: in plain text up to the end of the line.
    { name: "row", expression: String.raw`^[^{].*?DETAIL:\s+([^\[\s].*)` },
    // Within JSON. If only the first line of a detail is redacted, the others follow.
    {
      name: "row",
      expression: [
        String.raw`DETAIL:(?:\s|\\+[nt])+(?:\[redacted[^\]]*\](?:${endsDetail})`,
        String.raw`\[redacted[^\]]*\](\\+n${character}*?)(?:${endsDetail})`,
        String.raw`\[redacted`,
        `(${character}+?)(?:${endsDetail}))`,
      ].join("|"),
    },
    {
      name: "private key",
      expression: `-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(${firstOfKey}${character}*?)(?:-----END|${end})`,
    },
    {
      // A line of a key that a program printed over several lines. OpenSSL writes 64 characters in a line, OpenSSH 70, and
      // OpenPGP at most 76. A digest of 64 characters or more is hexadecimal.
      name: "private key",
      only: '|~ "^[A-Za-z0-9+/]{64,76}$" !~ "^[0-9a-fA-F]+$"',
      expression: "^([A-Za-z0-9+/]{64,76})$",
    },
    // A password with a space, which is not the path after a port.
    {
      name: "credentials",
      only: '|= "://"',
      expression: String.raw`["'][\w+.-]+://([^\s/@"'\\\[]*:\d*[^\d\s/"'\\][^"'\\]*)@`,
    },
    { name: "credentials", expression: String.raw`://([^\s/@:?#"\\\[]+|[^\s/@:?#"\\\[]*:[^\s"\\]+)@` },
    {
      // Programs in Go repeat a URL or a DSN that they cannot parse, also the part of a password after which it is no URL.
      name: "credentials",
      only: '|~ "invalid port|invalid URL escape|malformed dsn|connection info|opening connection|dsn="',
      expression: [
        String.raw`parse \\*"[\w+.-]+://[^\s"\\:/@]*:(\d*[^\d\s"\\\[/@][^\s"\\\[/@]*)\\*"`,
        String.raw`invalid port \\*":([^"\\\[]+)`,
        String.raw`invalid URL escape \\*"([^"\\\[]+)`,
        String.raw`malformed dsn \\*"([^"\\\[]+)`,
        String.raw`missing \\*"=\\*" after \\*"([^"\\\[]+)`,
        String.raw`(?:database \(|dsn=\\*"?)([^\s"'\\\[/:()]+:[^\s"'\\\[()]+)@`,
      ].join("|"),
    },
    ...inBothCases("uthorization").map((start) => ({
      name: "authorization",
      expression: `${start}${value(headerSeparator, String.raw`([\w-]+ +${parameter}(?:, *${parameter})*|(?:[\w-]+ +)?${bare})`)}`,
    })),
    ...[...inBothCases("earer"), ...inBothCases("asic")].map((start) => ({
      name: "authorization",
      expression: String.raw`${start}\s+(${token})`,
    })),
    ...inBothCases("ookie").map((start) => ({
      name: "cookie",
      expression: `${start}[sS]?${value(headerSeparator, String.raw`(?:\{((?:[^{}"\\\[]|\\.)(?:[^{}"\\]|\\.)*)\}|([^\s=;,"'{}\\]+=(?:[^\s;"\\]|\\")*(?:; *(?:[^\s;"\\]|\\")+)*))`)}`,
    })),
    { name: "JWT", expression: String.raw`(eyJ[\w-]+\.[\w-]+\.[\w.-]*)` },
    {
      name: "secret",
      only: `|~ "(?i)(pass|pwd|secret|token|credential|key)"`,
      expression: String.raw`(?i:${secretNames})\d*${value(separator, `(${bare})`)}`,
    },
    ...Object.entries(apiKeys).map(([part, expression]) => ({
      name: "API key",
      only: `|= "${part}"`,
      expression: `${wordStart}(${expression})`,
    })),
    { name: "API key", expression: String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/([\w/]+)` },
    {
      name: "e-mail",
      only: '|~ "@|%40"',
      expression: String.raw`${wordStart}((?:[\pL\pN_.+%-]|\\u[0-9a-fA-F]{4})+(?:@|%40)(?:(?:[\pL\pN_-]|\\u[0-9a-fA-F]{4})+\.)+\pL{2,})`,
    },
    {
      name: "IBAN",
      only: '|~ "[A-Z]{2}[0-9]{2}[ A-Z0-9]{11}"',
      expression: String.raw`${anId}|${wordStart}([A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))\b`,
      where: ifIban,
    },
    {
      name: "card number",
      only: '|~ "[0-9][0-9 -]{12}"',
      expression: String.raw`${anId}|${beforeDigits}((?:[3-6]\d|2[2-7])(?:\d{11,17}|\d{2}(?:[ -]\d{4}){3}|\d{2}[ -]\d{6}[ -]\d{5}))\b`,
      where: ifLuhn,
    },
  ];
}

/** The shapes in the lines of a log. */
export const shapes = shapesIn(inJson);

/** The same shapes in single texts, such as the attributes of spans. */
export const plainShapes = shapesIn(plain);

export interface Shape {
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
