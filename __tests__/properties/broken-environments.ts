import fc from "fast-check";
import { mistakesIn } from "./mistakes";
import { pathText, replaceAt } from "./settings-in";
import { bases, eachSchema } from "./valid-environments";

/** A fixture environment in which one setting is broken. */
export interface BrokenEnvironment {
  readonly environment: unknown;
  /** The file and the path at which the only fault must be. */
  readonly place: string;
  /** The name of the fixture, and the broken setting with its value and the kind of mistake. */
  readonly text: string;
}

/** The file of an environment whose name is broken. */
export const namelessFile = "nameless.ts";

/** Environments with one mistake, as people make them, in a setting that the fixture has. */
export const brokenEnvironments: fc.Arbitrary<BrokenEnvironment> = fc.oneof(
  ...bases.map(({ environment, settings }) =>
    eachSchema(
      settings.filter(({ value }) => value !== undefined),
      (setting) =>
        fc.oneof(...mistakesIn(setting)).map(({ path, value, kind }) => {
          const place = pathText(path);
          return {
            environment: replaceAt(environment, path, value),
            place: `config/${place === "name" ? namelessFile : `${environment.name}.ts`}: ${place}`,
            text: `${environment.name}\n  ${place}: ${value === undefined ? "left out" : show(value)} (${kind})`,
          };
        }),
    ),
  ),
);

function show(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
