import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { allStacks, localState } from "../../commands/stack-directory";
import { synthesize } from "../../main";
import type { Environment } from "../../settings/environment";

/**
 * Contains the stacks and the states of the deployments of the cluster tests, so that a later run can continue on them
 * or destroy them.
 */
const root = join(__dirname, "..", "..", "state", "cluster-tests");

/** The folder of one cluster. */
export function deploymentFolder(context: string): string {
  return join(root, encodeURIComponent(context));
}

/** The folder of the stacks. Their states are in a neighbouring folder, `state/`. */
export function outdirOf(context: string): string {
  return join(deploymentFolder(context), "cdktf.out");
}

/** Removes the files of an earlier deployment, which is no longer in the cluster. */
export function emptyDeploymentFolder(context: string): void {
  rmSync(deploymentFolder(context), { recursive: true, force: true });
  mkdirSync(outdirOf(context), { recursive: true });
}

/** Whether the Terraform state of a deployment is in this working tree. */
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
