import type { z } from "zod";
import { nearest } from "../kit/queries/nearest";
import { environment } from "./environment";
import { message } from "./fields";
import { valueAt } from "./setting-finding";

/** The rule that a key breaks which the schema does not have. */
export const unknownSetting = "is not a setting";

type Schema = z.core.$ZodRawIssue["inst"];

/**
 * Messages for issues for which a schema has no message of its own. zod's default messages mention types and contain no
 * remedy.
 */
export const schemaMessages: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, issue.inst);
    case "invalid_value":
      return oneOfMessage(issue.values, issue.input);
    case "invalid_union":
      return oneOfMessage(
        (issue.options ?? []) as readonly unknown[],
        valueAt(issue.input, [String(issue.discriminator)]),
      );
    case "unrecognized_keys":
      return [unknownSetting, ...issue.keys.map((key) => suggestion(key, keysOf(issue.inst), issue.input))].join("\n");
    case "too_small":
      return message("must not be empty", "write a value, or leave the setting out if it is optional");
    default:
      return message("must be valid", "read the comment of the setting in `settings/`");
  }
};

function wrongType(expected: string, schema: Schema): string {
  switch (expected) {
    case "string":
      return message("must be text", "write text in quotes");
    case "number":
      return message("must be a number", "write a number, without quotes");
    case "boolean":
      return message("must be true or false", "write true or false, without quotes");
    case "array":
      return message("must be a list", "write it in [ ], even with one entry or none");
    case "record":
      return message("must be an object", "write names and texts in { }, or an empty { }");
    default:
      return message("must be an object", `write it as { ${keyForms(schema).join(", ")} }`);
  }
}

function oneOfMessage(values: readonly unknown[], given: unknown): string {
  const known = values.map((value) => `\`${value}\``).join(", ");
  const close = typeof given === "string" ? nearest(given, values.map(String)) : undefined;
  return message(`must be one of ${known}`, close ? `did you mean \`${close}\`?` : `choose one of ${known}`);
}

/** The known key that a wrong one resembles, or of which it is a longer or a shorter form. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  return nearest(key, known) ?? otherForm(key, known);
}

/** The longest key with which another one begins or ends, such as `className` for `ingressClassName`, or the reverse. */
function otherForm(key: string, known: readonly string[]): string | undefined {
  const letters = key.toLowerCase();
  return known
    .filter((one) => {
      const other = one.toLowerCase();
      const [short, long] = other.length < letters.length ? [other, letters] : [letters, other];
      return short.length >= 4 && (long.startsWith(short) || long.endsWith(short));
    })
    .sort((one, other) => other.length - one.length)[0];
}

/** @param given the object with the wrong key, which may have the key of which the wrong one is another form */
function suggestion(key: string, known: readonly string[], given: unknown): string {
  const lacking = known.filter((one) => valueAt(given, [one]) === undefined);
  const close = nearest(key, known) ?? otherForm(key, lacking) ?? settingElsewhere(key);
  return close ? `did you mean \`${close}\`?` : `leave it out, or choose one of ${known.join(", ")}`;
}

/** The path of the only setting with such a key, in whichever object it is. */
function settingElsewhere(key: string): string | undefined {
  allPaths ??= [...new Set(settingPaths(environment))];
  const keyOf = (path: string) => path.slice(path.lastIndexOf(".") + 1);
  const close = otherForm(key, allPaths.map(keyOf));
  // A setting with the same key is in another form of the same object, or means something else.
  const paths = close === key ? [] : allPaths.filter((path) => keyOf(path) === close);
  return paths.length === 1 ? paths[0] : undefined;
}

/** Listed when the first message needs them. */
let allPaths: readonly string[] | undefined;

/** The paths of all settings below a schema. */
function settingPaths(schema: z.core.$ZodType, parent = ""): string[] {
  const { shape = {}, innerType, element, options = [] } = schema._zod.def as Definition;
  const inner = [innerType, element, ...options].filter((one) => one !== undefined);
  return [
    ...inner.flatMap((one) => settingPaths(one, parent)),
    ...Object.entries(shape).flatMap(([key, one]) => {
      const path = parent === "" ? key : `${parent}.${key}`;
      return [path, ...settingPaths(one, path)];
    }),
  ];
}

/** The keys of an object in TypeScript notation: `name, key?`. */
function keyForms(schema: Schema): readonly string[] {
  const { shape = {} } = definition(schema);
  return keysOf(schema).map((key) => (shape[key]?._zod.optin === "optional" ? `${key}?` : key));
}

/** The keys of an object's schema, or the key that distinguishes the objects of a union. */
function keysOf(schema: Schema): readonly string[] {
  const { shape, discriminator } = definition(schema);
  return shape ? Object.keys(shape) : discriminator ? [discriminator, "…"] : [];
}

/**
 * The fields of zod's internal definition of a schema that are used here.
 * @see https://zod.dev/packages/core
 */
interface Definition {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly discriminator?: string;
  /** Schema of an optional value. */
  readonly innerType?: z.core.$ZodType;
  /** Schema of the items of a list. */
  readonly element?: z.core.$ZodType;
  /** Schemas of the forms of a union. */
  readonly options?: readonly z.core.$ZodType[];
}

function definition(schema: Schema): Definition {
  return (schema?._zod.def ?? {}) as Definition;
}
