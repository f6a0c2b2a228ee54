import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The blocks of shell commands in a section of a page in `docs/`, with those of its subsections. */
export function pageCommands(page: string, title: string): readonly string[] {
  const text = readFileSync(join(__dirname, "..", "..", "docs", page), "utf8");
  const section = text.split(/^## /m).find((one) => one.startsWith(`${title}\n`)) ?? "";
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
}

/** Runs commands with bash, which ends at the first that fails. @param minutes after which they are ended */
export function runCommands(commands: readonly string[], cwd: string, minutes: number): void {
  const script = commands.join("\n");
  execFileSync("bash", ["-euo", "pipefail", "-c", script], { cwd, encoding: "utf8", timeout: minutes * 60_000 });
}
