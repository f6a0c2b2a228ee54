import type { z } from "zod";

/**
 * The choices that a schema leaves to an environment, as sentences such as `loki.storage.type is "gcs"` and
 * `prometheus.storage is absent`. Of zod's definition of a schema, only the fields that we read are listed.
 * @see https://zod.dev/packages/core
 */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/** Every choice that the schema offers. */
export function offeredChoices(schema: z.core.$ZodType, path = ""): string[] {
  const { type, shape = {}, innerType, element, options = [], entries = {}, values = [] } = definition(schema);
  switch (type) {
    case "object":
      return Object.entries(shape).flatMap(([key, inner]) => offeredChoices(inner, joined(path, key)));
    case "optional":
      return [`${path} is absent`, `${path} is present`, ...(innerType ? offeredChoices(innerType, path) : [])];
    case "array":
      return element ? offeredChoices(element, `${path}[]`) : [];
    case "union":
      return options.flatMap((option) => offeredChoices(option, path));
    case "enum":
      return Object.values(entries).map((value) => choice(path, value));
    case "literal":
      return values.map((value) => choice(path, value));
    case "boolean":
      return [choice(path, true), choice(path, false)];
    default:
      return [];
  }
}

/** Paths of all settings of the schema, such as `erp.api` and `erp.api.scale.replicas`. */
export function settingPaths(schema: z.core.$ZodType, path = ""): ReadonlySet<string> {
  const { shape = {}, innerType, element, options = [] } = definition(schema);
  const inner = [...(innerType ? [innerType] : []), ...(element ? [element] : []), ...options];
  return new Set([
    ...(path ? [path] : []),
    ...Object.entries(shape).flatMap(([key, one]) => [...settingPaths(one, joined(path, key))]),
    ...inner.flatMap((one) => [...settingPaths(one, path)]),
  ]);
}

/** Paths of all settings that are text, such as `erp.commands.api[]` and `erp.ingress.annotations.*`. */
export function textSettings(schema: z.core.$ZodType, path = ""): string[] {
  const { type, shape = {}, innerType, element, valueType, options = [] } = definition(schema);
  if (type === "string") return [path];
  return [
    ...Object.entries(shape).flatMap(([key, one]) => textSettings(one, joined(path, key))),
    ...(innerType ? textSettings(innerType, path) : []),
    ...(element ? textSettings(element, `${path}[]`) : []),
    ...(valueType ? textSettings(valueType, `${path}.*`) : []),
    ...options.flatMap((option) => textSettings(option, path)),
  ];
}

/** Every choice that a value of the schema makes. */
export function madeChoices(schema: z.core.$ZodType, value: unknown, path = ""): string[] {
  const { type, shape = {}, innerType, element, options = [] } = definition(schema);
  switch (type) {
    case "object":
      return Object.entries(shape).flatMap(([key, inner]) =>
        madeChoices(inner, (value as Record<string, unknown>)[key], joined(path, key)),
      );
    case "optional":
      if (value === undefined) return [`${path} is absent`];
      return [`${path} is present`, ...(innerType ? madeChoices(innerType, value, path) : [])];
    case "array":
      return (value as readonly unknown[]).flatMap((item) => (element ? madeChoices(element, item, `${path}[]`) : []));
    case "union": {
      const form = options.find((option) => (option as z.ZodType).safeParse(value).success);
      return form ? madeChoices(form, value, path) : [];
    }
    case "enum":
    case "literal":
    case "boolean":
      return [choice(path, value)];
    default:
      return [];
  }
}

function definition(schema: z.core.$ZodType): Definition {
  return schema._zod.def as Definition;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function choice(path: string, value: unknown): string {
  return `${path} is ${JSON.stringify(value)}`;
}
