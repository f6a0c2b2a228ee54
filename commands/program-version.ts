import { spawnSync } from "node:child_process";

/** Whether a program is installed and reports this version. */
export function hasVersion(program: string, version: string, argument = "--version"): boolean {
  const { stdout, stderr, status } = spawnSync(program, [argument], { encoding: "utf8", timeout: 60_000 });
  return status === 0 && new RegExp(`\\bv?${version.replaceAll(".", "\\.")}\\b`).test(stdout + stderr);
}
