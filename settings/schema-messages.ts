import type { z } from "zod";
import { nearest } from "../kit/queries/nearest";
import { message } from "./fields";
import { valueAt } from "./setting-finding";

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
      return ["is not a setting", ...issue.keys.map((key) => suggestion(key, keysOf(issue.inst)))].join("\n");
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

function suggestion(key: string, known: readonly string[]): string {
  const close = nearest(key, known);
  return close ? `did you mean \`${close}\`?` : `leave it out, or choose one of ${known.join(", ")}`;
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
}

function definition(schema: Schema): Definition {
  return (schema?._zod.def ?? {}) as Definition;
}
