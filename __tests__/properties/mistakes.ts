import fc from "fast-check";
import type { z } from "zod";
import { accepts, type Setting } from "./settings-in";
import { valuesOf } from "./valid-environments";

/** A change of an environment that must be refused. */
export interface Mistake {
  readonly kind: string;
  readonly path: readonly PropertyKey[];
  /** @default the setting is left out */
  readonly value?: unknown;
}

/** The mistakes that people could make in a setting, derived from its schema. */
export function mistakesIn(setting: Setting): readonly fc.Arbitrary<Mistake>[] {
  const { path, presence } = setting;
  const wrong = Object.entries(wrongValues(setting)).flatMap(([kind, values]) =>
    values === undefined ? [] : [values.map((value): Mistake => ({ kind, path, value }))],
  );
  const keys = wrongKeys(setting)?.map((key): Mistake => ({ kind: "unknown key", path: [...path, key], value: "on" }));
  const missing = fc.constant<Mistake>({ kind: "missing key", path });
  return [...wrong, ...(keys ? [keys] : []), ...(presence === "required" ? [missing] : [])];
}

type Values = fc.Arbitrary<unknown> | undefined;

/** Values that the schema of the setting must refuse as a whole, by the kind of mistake. */
function wrongValues({ schema, value }: Setting): Readonly<Record<string, Values>> {
  const refused = (...values: readonly unknown[]): Values => {
    const some = values.filter((one) => !accepts(schema, one));
    return some.length === 0 ? undefined : fc.constantFrom(...some);
  };
  const { type } = schema._zod.def;
  const items = Array.isArray(value) ? value : [];
  const [first] = items as readonly unknown[];
  const wrongType = refused(...ofEachType.filter((one) => !isOfType(one, type)));
  switch (type) {
    case "string":
      return {
        "wrong type": wrongType,
        // Whatever the schema accepts: a space that nobody sees is a mistake in every text.
        "white space at an end": spaced(String(value)),
        "wrong pattern": mostlyRefused(schema, fc.oneof(valuesOf(schema).chain(withWrongCharacter), fc.string())),
        empty: refused(""),
      };
    case "number":
      return { "wrong type": wrongType, "out of range": refused(...numbers), "in quotes": fc.constant(String(value)) };
    case "array":
      return {
        "wrong type": wrongType,
        "too short": refused([]),
        duplicate: first === undefined ? undefined : refused([...items, first]),
        "without brackets": fc.constant(first ?? "entry"),
      };
    case "enum":
    case "literal":
      return {
        "wrong type": wrongType,
        "unknown word": fc.string().filter((one) => !accepts(schema, one)),
        "white space at an end": spaced(String(value)),
        "upper case": refused(String(value).toUpperCase()),
      };
    default:
      return { "wrong type": wrongType };
  }
}

/** One value of each type. */
const ofEachType = [null, true, 7, 0.5, "text", [null], { key: "value" }];

function isOfType(value: unknown, type: z.core.$ZodTypes["_zod"]["def"]["type"]): boolean {
  switch (type) {
    case "object":
    case "record":
    case "union":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    default:
      return false;
  }
}

const numbers = [-1, 0, 0.5, 1.5, 101, 65_536, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Characters that an editor does not show at the end of a line. */
const invisible = [" ", "\t", "\n", "\u00a0", "\u200b", "\ufeff"];

function spaced(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...invisible.flatMap((space) => [`${text}${space}`, `${space}${text}`]));
}

/** A text with a character that few formats allow, at any place. */
function withWrongCharacter(text: unknown): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: String(text).length }), fc.constantFrom(..." \t\n\"'`${}%\\|<>,;é\0"))
    .map(([at, character]) => `${String(text).slice(0, at)}${character}${String(text).slice(at)}`);
}

/** The values that a schema refuses, if it refuses some. */
function mostlyRefused(schema: z.core.$ZodTypes, values: fc.Arbitrary<string>): Values {
  const isRefused = (value: unknown) => !accepts(schema, value);
  const refused = fc.sample(values, { numRuns: 50, seed: 1 }).filter(isRefused);
  return refused.length < 5 ? undefined : values.filter(isRefused);
}

/** Keys that an object does not have, or that a record refuses. */
function wrongKeys({ schema, value }: Setting): fc.Arbitrary<string> | undefined {
  const { def } = schema._zod;
  if (def.type === "record") {
    return mostlyRefused(def.keyType as z.core.$ZodTypes, fc.string({ minLength: 1 })) as
      | fc.Arbitrary<string>
      | undefined;
  }
  if ((def.type !== "object" && def.type !== "union") || typeof value !== "object") return undefined;
  const known = new Set(keysOf(schema));
  const present = Object.keys(value as object);
  return fc
    .oneof(
      fc.constantFrom(...present, "name").chain((key) => fc.constantFrom(`${key}s`, key.slice(1), key.toUpperCase())),
      fc.constantFrom("constructor", "toString", "valueOf", "enabled", "x-own", "a key"),
    )
    .filter((key) => key !== "" && !known.has(key));
}

/** The keys of an object in all of its forms. */
function keysOf(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "object") return Object.keys(def.shape);
  return def.type === "union" ? def.options.flatMap(keysOf) : [];
}
