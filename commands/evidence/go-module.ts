import { resolve } from "node:path";
import { plainVersion } from "../../subjects/program-versions";
import { readStdout } from "../child";

/** A program that a folder of `tools/` pins as a Go module. */
export interface GoModule {
  readonly version: string;
  /** Folder with the sources of the module. */
  readonly sources: string;
  /** Builds the program and writes it to the path. */
  readonly build: (path: string) => Promise<string>;
}

export async function goModule(folder: string, module: string): Promise<GoModule> {
  const runGo = (...args: readonly string[]) => readStdout("go", ["-C", resolve(folder), ...args]);
  const { Version, Dir } = JSON.parse(await runGo("list", "-m", "-json", module));
  return {
    version: plainVersion(Version),
    sources: Dir,
    build: (path) => runGo("build", "-mod=readonly", "-o", path, "tool"),
  };
}
