import fc from "fast-check";
import type { z } from "zod";
import { environment as environmentSchema } from "../../settings/environment";
import { everyChoice } from "../fixtures/choices";
import { schemaValues } from "./schema-values";
import { pathText, replaceAt, type Setting, settingsIn } from "./settings-in";

/** A fixture environment, and its settings. */
export const bases = everyChoice.map((environment) => ({
  environment,
  settings: settingsIn(environmentSchema, environment),
}));

/** Generates values of any schema in the schema of an environment. */
export const valuesOf = schemaValues(
  new Map(
    [...bySchema(bases.flatMap(({ settings }) => settings))].map(([schema, group]) => [
      schema,
      group.flatMap(({ value }) => (value === undefined ? [] : [value])),
    ]),
  ),
);

/** A replaced value of a setting. */
interface Edit {
  readonly path: readonly PropertyKey[];
  /** @default the setting is left out */
  readonly value?: unknown;
}

/** A fixture environment with replaced settings. Rules about several settings may refuse it. */
export interface EditedEnvironment {
  readonly environment: unknown;
  /** The name of the fixture and the replaced values, in one line each. */
  readonly text: string;
}

/** Environments that begin as a fixture, and in which a few settings, each with everything below it, are replaced. */
export const editedEnvironments: fc.Arbitrary<EditedEnvironment> = fc.oneof(
  ...bases.map(({ environment, settings }) =>
    fc
      .array(edits(settings), { minLength: 1, maxLength: 4, size: "max" })
      .map((made) => editEnvironment(environment, made)),
  ),
);

function edits(settings: readonly Setting[]): fc.Arbitrary<Edit> {
  const changeable = settings.filter(({ schema }) => schema._zod.def.type !== "literal");
  return eachSchema(changeable, ({ path, schema, presence, value }) => {
    const values = valuesOf(schema).map((one): Edit => ({ path, value: one }));
    return presence === "optional" && value !== undefined
      ? fc.oneof({ weight: 4, arbitrary: values }, fc.constant({ path }))
      : values;
  });
}

/** Chooses a schema first and then a setting with it, so that the many resources do not crowd out the other settings. */
export function eachSchema<Value>(
  settings: readonly Setting[],
  values: (setting: Setting) => fc.Arbitrary<Value>,
): fc.Arbitrary<Value> {
  return fc.oneof(...[...bySchema(settings).values()].map((group) => fc.oneof(...group.map(values))));
}

function editEnvironment(base: { readonly name: string }, made: readonly Edit[]): EditedEnvironment {
  const apart = made.filter(({ path }, index) => !made.slice(0, index).some((earlier) => overlaps(earlier.path, path)));
  return {
    environment: apart.reduce<unknown>((one, { path, value }) => replaceAt(one, path, value), base),
    text: [base.name, ...apart.map((edit) => `  ${editText(edit)}`)].join("\n"),
  };
}

/** Whether one of the paths is at or below the other. */
function overlaps(one: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  return one.slice(0, other.length).every((key, index) => key === other[index]);
}

function editText({ path, value }: Edit): string {
  return `${pathText(path)}: ${value === undefined ? "left out" : JSON.stringify(value)}`;
}

function bySchema(settings: readonly Setting[]): ReadonlyMap<z.core.$ZodType, readonly Setting[]> {
  const groups = new Map<z.core.$ZodType, Setting[]>();
  for (const setting of settings) {
    const group = groups.get(setting.schema) ?? [];
    groups.set(setting.schema, [...group, setting]);
  }
  return groups;
}
