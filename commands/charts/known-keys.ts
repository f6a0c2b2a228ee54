/** The keys that are accepted below a key: any, or these. */
export type Known = "anything" | ReadonlyMap<string, Known>;

/** Keys that have a default. Below an empty default, any key is accepted. */
export function fromDefaults(values: unknown): Known {
  if (!isFields(values) || Object.keys(values).length === 0) return "anything";
  return new Map(Object.entries(values).map(([key, value]) => [key, fromDefaults(value)]));
}

/** Keys that a JSON schema lists. Where it lists some, only these are accepted, even if it allows additional ones. */
export function fromSchema(root: Schema, schema: Schema = root): Known {
  const found = schema.$ref ? resolveReference(root, schema.$ref) : schema;
  if (!found.properties || Object.keys(found.properties).length === 0) return "anything";
  if (typeof found.additionalProperties === "object") return "anything";
  return new Map(Object.entries(found.properties).map(([key, value]) => [key, fromSchema(root, value)]));
}

/**
 * A JSON schema, as a chart's `values.schema.json` contains it. Only the fields that we read are listed.
 * @see https://json-schema.org/understanding-json-schema/
 */
export interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

function resolveReference(root: Schema, reference: string): Schema {
  const steps = reference.replace("#/", "").split("/");
  return steps.reduce((schema, step) => (schema as Record<string, Schema>)[step] ?? {}, root);
}

/** Keys that a template reads, as `.Values.a.b`. Below the last key, any key is accepted. */
export function fromTemplate(template: string): Known {
  const paths = [...template.matchAll(/\.Values\.([\w.-]*\w)/g)].map(([, path]) => (path as string).split("."));
  return paths
    .map((path) => path.reduceRight<Known>((below, key) => new Map([[key, below]]), "anything"))
    .reduce(mergeKnown, new Map());
}

/** The keys that either side accepts. If only one side restricts the keys, its restriction applies. */
export function mergeKnown(one: Known, other: Known): Known {
  if (one === "anything") return other;
  if (other === "anything") return one;
  const keys = new Set([...one.keys(), ...other.keys()]);
  return new Map([...keys].map((key) => [key, mergeOptional(one.get(key), other.get(key))]));
}

function mergeOptional(one: Known | undefined, other: Known | undefined): Known {
  return one && other ? mergeKnown(one, other) : (one ?? other ?? "anything");
}

/** Paths of the values whose key is unknown. */
export function unknownKeys(values: unknown, known: Known, path: readonly string[] = []): readonly UnknownKey[] {
  if (known === "anything" || !isFields(values)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const below = known.get(key);
    return below ? unknownKeys(value, below, [...path, key]) : [{ path: [...path, key], siblings: [...known.keys()] }];
  });
}

export interface UnknownKey {
  readonly path: readonly string[];
  readonly siblings: readonly string[];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
