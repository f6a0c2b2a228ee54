import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { allStacks, localState } from "../../commands/stack-directory";
import { synthesize } from "../../main";
import type { Environment } from "../../settings/environment";

/** Contains the stacks and the state of what the cluster tests deploy, so that a later run can continue or destroy it. */
const root = join(__dirname, "..", "..", "state", "cluster-tests");

/** The folder of one cluster. */
export function deploymentFolder(context: string): string {
  return join(root, encodeURIComponent(context));
}

/** Where the stacks are written. Their states are beside it, in `state/`. */
export function outdirOf(context: string): string {
  return join(deploymentFolder(context), "cdktf.out");
}

/** Removes what an earlier deployment has left: there is none in the cluster any more. */
export function emptyDeploymentFolder(context: string): void {
  rmSync(deploymentFolder(context), { recursive: true, force: true });
  mkdirSync(outdirOf(context), { recursive: true });
}

/** Whether Terraform's state of a deployment is in this working tree. */
export function hasState(context: string): boolean {
  const outdir = outdirOf(context);
  if (!existsSync(join(outdir, "manifest.json"))) return false;
  return allStacks(outdir).some((stack) => existsSync(localState(stack) ?? ""));
}

/** A short hash of all files that a synth of the environment writes. */
export function synthHash(environment: Environment): string {
  const outdir = mkdtempSync(join(tmpdir(), "cluster-tests-synth-"));
  try {
    synthesize([environment], outdir);
    const hash = createHash("sha256");
    for (const file of filesBelow(outdir)) hash.update(relative(outdir, file)).update(readFileSync(file));
    return hash.digest("hex").slice(0, 16);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
