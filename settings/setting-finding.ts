import { types } from "node:util";
import type { Fault } from "../faults";
import { asksForSecret, isPlainName, secretKind } from "./secret-kind";

/** A fault in an environment whose file is not known yet. */
export interface SettingFinding {
  /** Keys of the path to the setting. Empty for the environment as a whole. */
  readonly path: readonly PropertyKey[];
  /** The value that the setting has. @default the fault shows no value */
  readonly value?: unknown;
  readonly rule: string;
  readonly remedy: string;
}

export function settingFault(file: string, { path, value, rule, remedy }: SettingFinding): Fault {
  const place = path.length === 0 ? file : `${file}: ${printPath(path)}`;
  const name = path.findLast((key) => typeof key === "string") ?? "";
  return { place, ...(value !== undefined && { value: shorten(printValue(value, name)) }), rule, remedy };
}

/** The value at a path, or undefined if there is none. */
export function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], given);
}

/** The path as an author would write it: `erp.ingress.paths[0]`. */
function printPath(path: readonly PropertyKey[]): string {
  const steps = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    const name = String(key);
    if (secretKind(name)) return "[***]";
    return /^\w+$/.test(name) ? `.${name}` : `["${name}"]`;
  });
  return steps.join("").replace(/^\./, "");
}

/**
 * The value as an author would write it, with secrets masked: people put secrets in the wrong places, and messages end
 * up in logs.
 */
function printValue(value: unknown, name: PropertyKey): string {
  if (typeof value === "string") {
    const mayBeSecret = asksForSecret.test(String(name)) && !isPlainName(value);
    const hidden = value !== "" && (secretKind(value, String(name)) || mayBeSecret);
    return hidden ? "***" : JSON.stringify(value).replace(unseen, escapeCharacter);
  }
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, name)).join(", ")}]`;
  if (isInstance(value)) return types.isDate(value) ? `the Date ${value.toJSON()}` : `a ${value.constructor.name}`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, held]) => `${secretKind(key) ? "***" : key}: ${printValue(held, key)}`,
    );
    return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
  }
  return typeof value === "function" ? "a function" : String(value);
}

/** Whether a value was made by a class, whose fields say little about it, such as `Date` or `Map`. */
function isInstance(value: unknown): value is object {
  return typeof value === "object" && value !== null && (value.constructor?.name ?? "Object") !== "Object";
}

/** Characters that a reader of a message cannot see, or takes for a space. */
const unseen = /(?! )[\p{C}\p{Z}]/gu;

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

const longest = 100;

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
