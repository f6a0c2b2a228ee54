import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Paths of the project's files: tracked files, and new files that git does not ignore. */
export function projectFiles(root = "."): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  // Git still lists a file whose deletion is not committed yet.
  return listed
    .toString()
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)));
}
