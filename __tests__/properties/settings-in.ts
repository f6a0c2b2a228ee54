import { z } from "zod";

/** A setting that an environment has or could have. */
export interface Setting {
  readonly path: readonly PropertyKey[];
  /** The schema of its value. For an optional setting, the schema of the value that is present. */
  readonly schema: z.core.$ZodTypes;
  /** @default the environment does not have the setting */
  readonly value?: unknown;
  /** Whether an environment may leave the setting out: `entry` for entries of lists and of records. */
  readonly presence: "required" | "optional" | "entry";
}

/** The settings below a value: those that it has, and the optional ones that it leaves out. */
export function settingsIn(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly Setting[] {
  return partsOf(schema as z.core.$ZodTypes, value, path).flatMap((setting) =>
    setting.value === undefined ? [setting] : [setting, ...settingsIn(setting.schema, setting.value, setting.path)],
  );
}

function partsOf(schema: z.core.$ZodTypes, value: unknown, path: readonly PropertyKey[]): readonly Setting[] {
  const { def } = schema._zod;
  const entry = (key: PropertyKey, inner: z.core.$ZodType, held: unknown): Setting => ({
    path: [...path, key],
    schema: inner as z.core.$ZodTypes,
    value: held,
    presence: "entry",
  });
  switch (def.type) {
    case "object":
      return Object.entries(def.shape).map(([key, inner]) => {
        const optional = (inner as z.core.$ZodTypes)._zod.def;
        const held = (value as Record<string, unknown>)[key];
        return optional.type === "optional"
          ? { ...entry(key, optional.innerType, held), presence: "optional" }
          : { ...entry(key, inner, held), presence: "required" };
      });
    case "array":
      return (value as readonly unknown[]).map((item, index) => entry(index, def.element, item));
    case "record":
      return Object.entries(value as object).map(([key, held]) => entry(key, def.valueType, held));
    case "union": {
      const form = def.options.find((option) => accepts(option, value));
      const parts = form === undefined ? [] : partsOf(form as z.core.$ZodTypes, value, path);
      // Without the only key that distinguishes its form, the value has none of its forms, and the fault is at the value.
      const required = parts.filter(({ presence }) => presence === "required");
      return required.length === 1
        ? parts.map((part) => (part.presence === "required" ? { ...part, presence: "entry" as const } : part))
        : parts;
    }
    default:
      return [];
  }
}

/** Whether a schema accepts a value. Rules about several settings of the environment are not part of it. */
export function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return z.core.safeParse(schema, value, { jitless: true }).success;
}

/** The path as a fault shows it: `erp.ingress.paths[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    return /^\w+$/.test(String(key)) ? `.${String(key)}` : `["${String(key)}"]`;
  });
  return steps.join("").replace(/^\./, "");
}

/** A copy of a value in which the value at the path is replaced, or left out if it is undefined. */
export function replaceAt(given: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(given) ? [...given] : { ...(given as object) }) as Record<PropertyKey, unknown>;
  const held = replaceAt(copy[key], rest, value);
  if (held !== undefined) copy[key] = held;
  else delete copy[key];
  return copy;
}

/** The name of a setting in every environment, without positions in lists: `erp.ingress.paths[]`. */
export function settingName(path: readonly PropertyKey[]): string {
  return pathText(path).replace(/\[\d+\]/g, "[]");
}
