import { parser } from "@prometheus-io/lezer-promql";

/** A query as text, and in which language. Whether it is right is for the checker, which knows the place it stands at. */
export interface Query<Language extends string = string> {
  readonly language: Language;
  readonly text: string;
  toString(): string;
}

export type Promql = Query<"promql">;
export type Logql = Query<"logql">;

/**
 * PromQL as its readers know it; metrics, limits, texts and other queries are interpolated. Backslashes are PromQL's own,
 * line breaks become spaces, and a binary expression keeps its meaning wherever it is put. Never throws.
 */
export const promql = queryTag("promql", (text) => (isBinary(text) ? `(${text})` : text));

/** LogQL in the same manner; write \` for its raw strings. Never throws. */
export const logql = queryTag("logql", (text) => text);

function queryTag<Language extends string>(language: Language, nested: (text: string) => string) {
  return ({ raw }: TemplateStringsArray, ...values: readonly unknown[]): Query<Language> => {
    const parts = raw.map((part) => part.replace(/\\([`$])/g, "$1"));
    const text = parts.reduce((before, after, index) => {
      const value = values[index - 1];
      const enclosed = /[(,]\s*$/.test(before) && /^\s*[),]/.test(after);
      return before + (isQuery(value) && !enclosed ? nested(value.text) : String(value)) + after;
    });
    const line = text.trim().replace(/\s*\n\s*/g, " ");
    return { language, text: line, toString: () => line };
  };
}

function isQuery(value: unknown): value is Query {
  return typeof value === "object" && value !== null && "language" in value && "text" in value;
}

/** By text: most are put into several others, and are written anew for every environment. */
const binary = new Map<string, boolean>();

function isBinary(text: string): boolean {
  const known = binary.get(text) ?? /^(BinaryExpr|UnaryExpr)$/.test(parser.parse(text).topNode.firstChild?.name ?? "");
  binary.set(text, known);
  return known;
}
