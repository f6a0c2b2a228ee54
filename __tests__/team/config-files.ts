import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import type { Environment } from "../../settings/environment";

/** Texts of the files in `config/`, by name: `production.ts`. */
export type ConfigFiles = Readonly<Record<string, string>>;

/** `config/` before a team changes it. */
export const givenFiles: ConfigFiles = Object.fromEntries(
  ["environments.ts", "local.ts", "production.ts", "staging.ts"].map((file) => [file, fixtureText(file)]),
);

function fixtureText(file: string): string {
  return readFileSync(join(__dirname, "..", "fixtures", file), "utf8").replaceAll('"../../settings/', '"../settings/');
}

/** `config/` after a team has replaced every placeholder. */
export function withOwnValues(files: ConfigFiles): ConfigFiles {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      text.replaceAll("example.com", "shop.test").replaceAll("/example/", "/shop/").replaceAll("example-", "shop-"),
    ]),
  );
}

/** The environments in `config/environments.ts`, loaded from the texts without writing files. */
export function environmentsIn(files: ConfigFiles): readonly Environment[] {
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (file: string): Record<string, unknown> => {
    const known = loaded.get(file);
    if (known) return known;
    const { code } = transformSync(files[file] ?? "", {
      filename: file,
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    const exports = {};
    loaded.set(file, exports);
    new Function("exports", "require", code)(exports, (specifier: string) =>
      specifier.startsWith("./") ? load(`${specifier.slice(2)}.ts`) : require(join("..", specifier)),
    );
    return exports;
  };
  return load("environments.ts").environments as readonly Environment[];
}
