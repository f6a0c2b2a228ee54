import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { child } from "./child";

/** The command of the package `conformance/`, which has options and exit codes of its own. */
const command = {
  name: "conformance",
  folder: join(__dirname, "..", "conformance"),
  program: "dist/erp-conformance.cjs",
};

/** Builds the package, and runs it with the arguments of this process. @returns its exit code */
async function run({ name, folder, program }: typeof command): Promise<number> {
  if (!existsSync(join(folder, "node_modules"))) {
    return refuse(
      "The checks are a separate package, which is not installed. Install it:\n  npm ci --prefix conformance",
    );
  }
  const { code, stdout, stderr } = await child("npm", ["run", "build"], { cwd: folder });
  if (code !== 0) return refuse(`The checks cannot be built:\n${stdout}\n${stderr}`.trim());
  const env = { ...process.env, CONFORMANCE_NAME: `npm run ${name} --` };
  return (
    spawnSync(process.execPath, [join(folder, program), ...process.argv.slice(2)], { env, stdio: "inherit" }).status ??
    2
  );
}

/** @returns the exit code of checks that cannot run */
function refuse(text: string): number {
  console.error(text);
  return 2;
}

void run(command).then((code) => {
  process.exitCode = code;
});
