/** A value of a variable: several where several are selected. */
export type Value = string | readonly string[];

/** The replacement for a variable in a text. */
export interface Bound {
  readonly value: Value;
  /** The displayed text. @default the value */
  readonly text?: Value;
  /** Whether the value is inserted without formatting, because it was written for the query: an `allValue`. @default it is formatted */
  readonly verbatim?: boolean;
}

/** Formats a value in one of the formats of https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/ */
export type Format = (bound: Bound, name: string, argument?: string) => string;

export const listOf = (value: Value): readonly string[] => (typeof value === "string" ? [value] : value);

const joinWith =
  (separator: string, write: (value: string) => string = (value) => value): Format =>
  ({ value }) =>
    listOf(value).map(write).join(separator);

/** Values in quotes: `quote` inside of a value is escaped. */
const quoteWith = (quote: string, escaped: string) =>
  joinWith(",", (value) => quote + value.replaceAll(quote, escaped) + quote);

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

export const glob: Format = ({ value }) => {
  const values = listOf(value);
  return values.length === 1 ? (values[0] ?? "") : `{${values.join(",")}}`;
};

const regex: Format = ({ value }) => {
  const escaped = listOf(value).map((one) => one.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&"));
  return typeof value === "string" || escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
};

const lucene: Format = ({ value }) => {
  const quote = (text: string) => text.replace(/([!*+\-=<>\s&|()[\]{}^~?:\\/"])/g, "\\$1");
  return typeof value === "string" ? quote(value) : `(${value.map((one) => `"${quote(one)}"`).join(" OR ")})`;
};

/** A time in milliseconds as ISO 8601, or in seconds. */
const date: Format = ({ value }, _, argument) => {
  const time = Number(glob({ value }, ""));
  return argument === "seconds" ? String(Math.round(time / 1000)) : new Date(time).toISOString();
};

export const formats: Readonly<Record<string, Format>> = {
  csv: joinWith(","),
  date,
  distributed: ({ value }, name) =>
    listOf(value)
      .map((one, index) => (index ? `${name}=${one}` : one))
      .join(","),
  doublequote: quoteWith('"', '\\"'),
  glob,
  json: ({ value }) => JSON.stringify(value),
  lucene,
  percentencode: ({ value }) => encode(typeof value === "string" ? value : `{${value.join(",")}}`),
  pipe: joinWith("|"),
  queryparam: ({ value }, name) =>
    listOf(value)
      .map((one) => `var-${name}=${encode(one)}`)
      .join("&"),
  raw: joinWith(","),
  regex,
  singlequote: quoteWith("'", "\\'"),
  sqlstring: quoteWith("'", "''"),
  text: ({ value, text }) => listOf(text ?? value).join(" + "),
  uriencode: ({ value }) => encodeURI(listOf(value).join(",")),
};
