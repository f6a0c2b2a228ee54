import { parser } from "@prometheus-io/lezer-promql";

/** A query as text, with its language. The checker validates it later, where its place is known. */
export interface Query<Language extends string = string> {
  readonly language: Language;
  readonly text: string;
  toString(): string;
}

export type Promql = Query<"promql">;
export type Logql = Query<"logql">;

/**
 * A PromQL query with interpolated metrics, limits, texts and other queries. Backslashes are PromQL's own, line
 * breaks become spaces, and an interpolated binary expression keeps its meaning. Never throws.
 */
export const promql = queryTag("promql", (text) => (isBinary(text) ? `(${text})` : text));

/** A LogQL query, in the same way; write \` for its raw strings. Never throws. */
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

/** Queries by text: most are interpolated into several others, and are created for every environment. */
const binary = new Map<string, boolean>();

function isBinary(text: string): boolean {
  const known = binary.get(text) ?? /^(BinaryExpr|UnaryExpr)$/.test(parser.parse(text).topNode.firstChild?.name ?? "");
  binary.set(text, known);
  return known;
}
