import { execFileSync } from "node:child_process";

/** The commit of the working tree, with `+` if files outside of `docs/` differ from it. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", cwd: __dirname }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "--", ":/", ":!/docs") ? "+" : "");
}
