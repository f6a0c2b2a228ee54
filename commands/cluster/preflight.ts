import { statSync } from "node:fs";
import { type Fault, refuseAny } from "../../faults";
import type { Environment } from "../../settings/environment";
import { child } from "../child";
import { localState, type StackDirectory } from "../stack-directory";
import { sentryDsnFaults } from "../terraform/sentry-dsn-variable";
import { terraformProgram } from "../terraform/terraform";
import { checkClusterAccess } from "./cluster-access";
import { clusterFacts } from "./cluster-facts";
import { clusterFaults, clusterNotes } from "./cluster-faults";
import type { Kubectl } from "./kubectl";

/**
 * Checks everything that would make a deployment fail half-way, and changes nothing.
 * @throws {Faults} with every fault that was found.
 */
export async function preflight(
  environment: Environment,
  stacks: readonly StackDirectory[],
  kubectl: Kubectl,
): Promise<void> {
  const unreached = await checkClusterAccess(environment, kubectl);
  const facts = unreached.length === 0 ? await clusterFacts(kubectl) : undefined;
  refuseAny(
    [
      ...sentryDsnFaults(environment),
      ...(await terraformFaults()),
      ...emptyStateFaults(stacks),
      ...unreached,
      ...(facts ? clusterFaults(environment, facts) : []),
    ],
    "nothing was applied",
  );
  for (const note of facts ? clusterNotes(environment, facts) : []) console.log(`note: ${note}`);
}

/** Write-only arguments and ephemeral variables need version 1.11 of Terraform or OpenTofu. */
async function terraformFaults(): Promise<Fault[]> {
  const { stdout } = await child(terraformProgram, ["version", "-json"]);
  const version: string = JSON.parse(stdout).terraform_version;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 1 || (major === 1 && minor >= 11)) return [];
  const rule = "must be 1.11 or later, which can write a Secret without storing its value";
  return [{ place: terraformProgram, value: version, rule, remedy: "install the version in .terraform-version" }];
}

/** Terraform interprets an empty state file as a first run, and would create everything again. */
function emptyStateFaults(stacks: readonly StackDirectory[]): Fault[] {
  return stacks
    .flatMap((stack) => ({ stack, file: localState(stack) ?? "" }))
    .filter(({ file }) => statSync(file, { throwIfNoEntry: false })?.size === 0)
    .map(({ stack, file }) => ({
      place: file,
      rule: `must not be empty: an interrupted run lost the state of ${stack.name}`,
      remedy: "restore the state as described in docs/runbooks/empty-state-file.md",
    }));
}
