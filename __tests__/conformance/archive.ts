import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStdout } from "../../commands/child";
import type { Contract } from "../../conformance/src/contract";

/**
 * Builds and packs `conformance/`, with a contract, and unpacks the archive in a folder that contains nothing else.
 * @returns the path of the program
 */
export async function unpackedArchive(folder: string, contract: Contract): Promise<string> {
  await readStdout("npm", ["run", "build", "--prefix", "conformance"]);
  const [source, target] = [join(folder, "source"), join(folder, "unpacked")];
  mkdirSync(target);
  // The user's own contract stays as it is.
  for (const part of ["package.json", "contract.schema.json", "README.md", "dist"]) {
    cpSync(join("conformance", part), join(source, part), { recursive: true });
  }
  writeFileSync(join(source, "contract.json"), JSON.stringify(contract));
  const archive = await readStdout("npm", [
    "pack",
    source,
    "--ignore-scripts",
    "--silent",
    "--pack-destination",
    folder,
  ]);
  await readStdout("tar", ["-xzf", join(folder, archive), "-C", target]);
  return join(target, "package", "dist", "erp-conformance.cjs");
}
