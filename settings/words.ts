import type { z } from "zod";
import { nearest } from "../kit/queries/nearest";
import { message } from "./fields";
import { valueAt } from "./setting-finding";

type Schema = z.core.$ZodRawIssue["inst"];

/** What a schema says where its author left it to zod, whose own words speak of types and never of a remedy. */
export const words: z.core.$ZodErrorMap = (issue) => {
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
      return message("must not be empty", "fill it, or leave it out where it is optional");
    default:
      return message("has not the form that is expected here", "compare it with the comment in the schema");
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
      return message("must be a list", "write it in [ ], also where it has one entry or none");
    case "record":
      return message("must be an object", "write names and texts in { }, or nothing between them");
    default:
      return message("must be an object", `write it as { ${keyForms(schema).join(", ")} }`);
  }
}

function oneOfMessage(values: readonly unknown[], given: unknown): string {
  const known = values.map((value) => `\`${value}\``).join(", ");
  const close = typeof given === "string" ? nearest(given, values.map(String)) : undefined;
  return message(`must be one of ${known}`, close ? `perhaps \`${close}\` was meant` : `choose one of ${known}`);
}

function suggestion(key: string, known: readonly string[]): string {
  const close = nearest(key, known);
  return close ? `perhaps \`${close}\` was meant` : `leave it out, or choose one of ${known.join(", ")}`;
}

/** The keys of an object as TypeScript writes them: `name, key?`. */
function keyForms(schema: Schema): readonly string[] {
  const { shape = {} } = definition(schema);
  return keysOf(schema).map((key) => (shape[key]?._zod.optin === "optional" ? `${key}?` : key));
}

/** The keys of an object's schema, or the key by which a union distinguishes its objects. */
function keysOf(schema: Schema): readonly string[] {
  const { shape, discriminator } = definition(schema);
  return shape ? Object.keys(shape) : discriminator ? [discriminator, "…"] : [];
}

/**
 * zod's internal definition of a schema, of which only the fields that we read are listed.
 * @see https://zod.dev/packages/core
 */
interface Definition {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly discriminator?: string;
}

function definition(schema: Schema): Definition {
  return (schema?._zod.def ?? {}) as Definition;
}
