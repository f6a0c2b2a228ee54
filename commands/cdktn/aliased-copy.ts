import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChildOptions, child } from "../child";
import { CommandError } from "../command";
import { projectFiles } from "../project-files";

/** The fields of `package.json` that are changed. */
interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * Copies the project to a folder, installs another package under the name `cdktf` there, and synthesises it.
 * @throws {CommandError} with the output of the step that failed.
 */
export async function synthesizeAliased(folder: string, alias: string, outdir: string): Promise<void> {
  for (const file of projectFiles()) cpSync(file, join(folder, file));
  const manifest = join(folder, "package.json");
  writeFileSync(manifest, JSON.stringify(withAlias(JSON.parse(readFileSync(manifest, "utf8")), alias), null, 2));
  await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  await run("node", ["--import", "tsx", "main.ts"], {
    cwd: folder,
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
}

/** The package with an alias for `cdktf`, also for the providers, and with only the tools that a synth needs. */
export function withAlias<Given extends Package>(given: Given, alias: string): Given {
  const { tsx = "" } = given.devDependencies;
  const providers = Object.keys(given.dependencies).filter((name) => name.startsWith("@cdktf/provider-"));
  return {
    ...given,
    dependencies: { ...given.dependencies, cdktf: alias },
    devDependencies: { tsx },
    overrides: Object.fromEntries(providers.map((name) => [name, { cdktf: "$cdktf" }])),
  };
}

async function run(program: string, args: readonly string[], options: ChildOptions): Promise<void> {
  const { code, stdout, stderr } = await child(program, args, options);
  if (code !== 0) throw new CommandError(`\`${[program, ...args].join(" ")}\` failed:\n${stdout}\n${stderr}`.trim());
}
