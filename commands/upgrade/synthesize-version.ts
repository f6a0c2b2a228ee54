import { readFileSync } from "node:fs";
import { join } from "node:path";
import { child } from "../child";
import { CommandError } from "../command";
import { failureReason } from "./failure-reason";

/** A version of the project in a folder with its packages. */
export interface Version {
  /** The name that the user gave for the version. */
  readonly name: string;
  readonly folder: string;
}

/**
 * Synthesises a version with its own code: with the program in its `cdktf.json`, as `cdktf synth` does.
 * @returns the faults that the version reports, as text; undefined if it wrote its output
 * @throws {CommandError} when the version fails for another reason.
 */
export async function synthesizeVersion(
  { name, folder }: Version,
  outdir: string,
  abort: AbortSignal,
): Promise<string | undefined> {
  const { app } = JSON.parse(readFileSync(join(folder, "cdktf.json"), "utf8"));
  const run = (variables: NodeJS.ProcessEnv) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, ...variables };
    // The shell replaces itself, so that an interruption reaches the program.
    return child("sh", ["-c", `exec ${app}`], { cwd: folder, env, abort });
  };
  const { code, stderr } = await run({});
  abort.throwIfAborted();
  if (code === 0) return undefined;
  const [, faults] = /^\d+ faults?; .*:\n([\s\S]+)/m.exec(stderr) ?? [];
  if (faults !== undefined) return faults.trimEnd();
  // Without DEBUG a synth reads no source maps, and reports places in compiled files.
  const failed = await run({ DEBUG: "1" });
  abort.throwIfAborted();
  const text = failed.stderr || stderr;
  const reason = process.env.DEBUG ? text.trim() : failureReason(text, folder);
  throw new CommandError(
    `${name} could not be synthesised with your config/. ${reason}\nIf config/ imports something that ${name} does not have, change the import. To see more, set DEBUG=1.`,
  );
}
