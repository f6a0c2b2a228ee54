import fc from "fast-check";
import { z } from "zod";
import { withoutAssertions } from "./pattern-core";
import { accepts } from "./settings-in";

/** Values of a schema that are known to be good, such as those of the fixtures. */
export type KnownValues = ReadonlyMap<z.core.$ZodType, readonly unknown[]>;

/**
 * Values that a schema accepts, generated from its definition. A setting whose rule is a function, so that generated values
 * hardly ever obey it, needs `examples` in its metadata, or a value in a fixture.
 */
export function schemaValues(known: KnownValues): (schema: z.core.$ZodType) => fc.Arbitrary<unknown> {
  const made = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>();
  const valuesOf = (schema: z.core.$ZodType): fc.Arbitrary<unknown> => {
    const arbitrary = made.get(schema) ?? acceptedValues(schema as z.core.$ZodTypes, known.get(schema) ?? [], valuesOf);
    made.set(schema, arbitrary);
    return arbitrary;
  };
  return valuesOf;
}

type ValuesOf = (schema: z.core.$ZodType) => fc.Arbitrary<unknown>;

/** Number of generated values of which some must be accepted. */
const trials = 50;

function acceptedValues(
  schema: z.core.$ZodTypes,
  known: readonly unknown[],
  valuesOf: ValuesOf,
): fc.Arbitrary<unknown> {
  const examples = (z.globalRegistry.get(schema)?.examples ?? []) as readonly unknown[];
  const given = [...new Set([...examples, ...known])].filter(isScalar);
  const generated = generatedValues(schema, valuesOf);
  const isSum = isSumOfParts(schema);
  if (examples.length === 0 && (isSum || isAcceptedAtTimes(schema, generated))) {
    const accepted = isSum ? generated : generated.filter((value) => accepts(schema, value));
    return given.length === 0 ? accepted : fc.oneof({ weight: 3, arbitrary: accepted }, fc.constantFrom(...given));
  }
  if (given.length > 0) return fc.constantFrom(...given);
  throw new Error(`No generated value obeys the schema of type ${schema._zod.def.type}: add examples to its metadata.`);
}

/** Whether a value that is made of accepted parts is always accepted, so that no level checks it again. */
function isSumOfParts({ _zod: { def } }: z.core.$ZodTypes): boolean {
  return ["object", "array", "record", "union", "optional"].includes(def.type) && (def.checks ?? []).length === 0;
}

function isAcceptedAtTimes(schema: z.core.$ZodTypes, generated: fc.Arbitrary<unknown>): boolean {
  return Array.from({ length: trials }, (_, seed) => seed).some((seed) =>
    fc.sample(generated, { numRuns: 1, seed }).some((value) => accepts(schema, value)),
  );
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object";
}

/** The number of optional keys of an object that are always chosen freely. */
const mostFreeKeys = 3;

/** Values of the form that the definition describes, of which the refinements may refuse some. */
function generatedValues({ _zod: { def } }: z.core.$ZodTypes, valuesOf: ValuesOf): fc.Arbitrary<unknown> {
  // A format such as `z.int()` is both a schema and a check.
  const checks = [def, ...(def.checks ?? []).map((check) => check._zod.def)].filter(isCheck);
  switch (def.type) {
    case "object": {
      const parts = Object.entries(def.shape);
      const requiredKeys = parts.filter(([, inner]) => inner._zod.optin !== "optional").map(([key]) => key);
      const optionalKeys = parts.map(([key]) => key).filter((key) => !requiredKeys.includes(key));
      const values = parts.map(([key, inner]) => [key, valuesOf(inner)] as const);
      const record = (omitted: readonly string[]) =>
        fc.record(Object.fromEntries(values.filter(([key]) => !omitted.includes(key))), {
          requiredKeys,
          noNullPrototype: true,
        });
      if (optionalKeys.length <= mostFreeKeys) return record([]);
      // Many optional keys hardly ever obey a rule about several of them, such as "at most one".
      const few = fc.subarray(optionalKeys, { minLength: optionalKeys.length - mostFreeKeys }).chain(record);
      return fc.oneof(record([]), few);
    }
    case "optional":
      return valuesOf(def.innerType);
    case "array": {
      const minLength = leastLength(checks);
      return fc.array(valuesOf(def.element), { minLength, maxLength: minLength + 3 });
    }
    case "record":
      return fc.dictionary(valuesOf(def.keyType) as fc.Arbitrary<string>, valuesOf(def.valueType), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case "union":
      return fc.oneof(...def.options.map(valuesOf));
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "boolean":
      return fc.boolean();
    case "string":
      return textValues(checks);
    case "number":
      return numberValues(checks);
    default:
      throw new Error(`No values are generated for a schema of type ${def.type} yet: add it to schema-values.ts.`);
  }
}

type Check = z.core.$ZodChecks["_zod"]["def"];

function isCheck(definition: object): definition is Check {
  return "check" in definition;
}

function leastLength(checks: readonly Check[]): number {
  return Math.max(0, ...checks.flatMap((check) => (check.check === "min_length" ? [check.minimum] : [])));
}

/** Texts of the first pattern, or any text. */
function textValues(checks: readonly Check[]): fc.Arbitrary<string> {
  const [pattern] = checks.flatMap((check) => ("pattern" in check && check.pattern ? [check.pattern] : []));
  const minLength = leastLength(checks);
  return pattern === undefined
    ? fc.string({ unit: "grapheme", minLength, maxLength: minLength + 12 })
    : fc.stringMatching(withoutAssertions(pattern));
}

/** Mostly numbers near the lower bound, because most settings count something small. */
function numberValues(checks: readonly Check[]): fc.Arbitrary<number> {
  const bounds = checks.map((check) => {
    if (check.check === "greater_than") return { min: Number(check.value), minExcluded: !check.inclusive };
    return check.check === "less_than" ? { max: Number(check.value), maxExcluded: !check.inclusive } : {};
  });
  const given: fc.DoubleConstraints = Object.assign({}, ...bounds);
  if (!checks.some((check) => check.check === "number_format"))
    return fc.double({ ...given, noNaN: true, noDefaultInfinity: true });
  const min = given.min ?? Number.MIN_SAFE_INTEGER;
  const max = given.max ?? Number.MAX_SAFE_INTEGER;
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: Math.max(min, 0), max: Math.min(max, 3) }) },
    { weight: 3, arbitrary: fc.integer({ min: Math.max(min, -20), max: Math.min(max, 100) }) },
    fc.integer({ min, max }),
  );
}
