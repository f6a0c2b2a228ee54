import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { child } from "../child";
import { CommandError } from "../command";
import { projectFiles } from "../project-files";

const preview = join(__dirname, "..", "..", "preview");
const built = join(preview, "dist");
/** The file with the hash of the sources that the page was built from. */
const mark = "sources";

/**
 * Folder of the page's files. They are built again if their sources have changed.
 * @throws {CommandError} when the packages of the page are not installed, or the build fails
 */
export async function pageFiles(): Promise<string> {
  if (!existsSync(join(preview, "node_modules"))) {
    throw new CommandError(`The page is a separate package (about 350 MB), which is not installed. Install it:
  npm ci --prefix preview`);
  }
  const sources = hashOfSources();
  const builtFrom = join(built, mark);
  if (existsSync(builtFrom) && readFileSync(builtFrom, "utf8") === sources) return built;
  console.error("building the page, once");
  // Another process may serve the existing files, or build at the same time.
  const folder = `${built}.${process.pid}`;
  const { code, stdout, stderr } = await child("npm", ["run", "build", "--", "--outDir", folder], { cwd: preview });
  if (code !== 0) throw new CommandError(`The page cannot be built:\n${stdout}\n${stderr}`.trim());
  writeFileSync(join(folder, mark), sources);
  rmSync(built, { recursive: true, force: true });
  renameSync(folder, built);
  return built;
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const sources = projectFiles(preview).filter((path) => !path.startsWith("recordings/"));
  for (const path of sources.sort()) hash.update(path).update(readFileSync(join(preview, path)));
  return hash.digest("hex");
}
