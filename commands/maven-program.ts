import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder";

/** A program for Java that Maven builds from a folder of `tools/`. */
export interface MavenProgram {
  readonly folder: string;
  /** Name of the jar, for a version. */
  readonly jar: (version: string) => string;
  /** Other files or folders of Maven's `target` that the jar needs. */
  readonly parts: readonly string[];
}

/** The version that the folder of a program pins. */
export function mavenVersion({ folder }: MavenProgram): string | undefined {
  return readFileSync(join(sourceOf(folder), "pom.xml"), "utf8").match(/<version>(.*)<\/version>/)?.[1];
}

/** The jar of a program, which Maven builds once; or the reason why it is missing. */
export function mavenProgram(program: MavenProgram): { readonly jar: string } | { readonly missing: string } {
  const version = mavenVersion(program) ?? "";
  const kept = join(cacheFolder("tools"), `${program.folder}-${version}`);
  const jar = join(kept, program.jar(version));
  if (existsSync(jar)) return { jar };
  if (spawnSync("mvn", ["--version"], { timeout: 60_000 }).status !== 0)
    return { missing: "which cannot be built because Maven is not installed" };
  console.warn(`building ${kept} with Maven, once`);
  try {
    build(program, version, kept);
  } catch (error) {
    return { missing: `which Maven failed to build: ${error instanceof Error ? error.message : error}` };
  }
  return { jar };
}

function sourceOf(folder: string): string {
  return join(__dirname, "..", "tools", folder);
}

function build({ folder, jar, parts }: MavenProgram, version: string, kept: string): void {
  const copy = mkdtempSync(join(tmpdir(), `${folder}-`));
  try {
    cpSync(sourceOf(folder), copy, { recursive: true });
    execFileSync("mvn", ["--quiet", "--batch-mode", "package"], { cwd: copy, stdio: "pipe", timeout: 30 * 60_000 });
    const temporary = `${kept}.${process.pid}`;
    mkdirSync(temporary, { recursive: true });
    for (const part of [jar(version), ...parts]) {
      cpSync(join(copy, "target", part), join(temporary, part), { recursive: true });
    }
    renameSync(temporary, kept);
  } finally {
    rmSync(copy, { recursive: true });
  }
}
