import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";

/** A YAML document of a rendered file. */
export interface RenderedDocument {
  /**
   * The facts that do not belong in the document itself; they are printed as comments above it.
   * @default no comments are printed
   */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly content: unknown;
}

/** Documents as the text of one file. The same content always gives the same text. */
export function documentsText(documents: readonly RenderedDocument[]): string {
  return documents.map(({ about = {}, content }) => comments(about) + yaml(content)).join("---\n");
}

function comments(about: Readonly<Record<string, unknown>>): string {
  return Object.entries(about)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `# ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}\n`)
    .join("");
}

/** YAML in which texts are quoted that YAML 1.1, which most Go programs read, would interpret as times or booleans. */
function yaml(content: unknown): string {
  if (isDeepStrictEqual(content, {})) return "";
  return stringify(orderKeys(content), { lineWidth: 0, compat: "yaml-1.1" });
}

/** Keys that a reader looks for first. All other keys keep their order, which is sorted except in dashboards. */
const first = ["apiVersion", "kind", "metadata", "name", "alert", "record", "expr", "for", "image"];

function orderKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => rank(one) - rank(other))
      .map(([key, item]) => [key, orderKeys(item)]),
  );
}

function rank(key: string): number {
  const index = first.indexOf(key);
  return index === -1 ? first.length : index;
}
