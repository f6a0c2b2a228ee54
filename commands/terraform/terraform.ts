import { mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { child, type Ended } from "../child";
import { CommandError } from "../command";
import type { StackDirectory } from "../stack-directory";
import { providersEnvironment } from "./kubeconfig";
import type { Plan } from "./plan-summary";
import { withoutReleaseMetadata } from "./plan-text";

/** `terraform`, or what `TERRAFORM_BINARY_NAME` says. */
export const terraformProgram = process.env.TERRAFORM_BINARY_NAME || "terraform";

/** How long another run may hold the state before this one gives up. */
const lockTimeout = "-lock-timeout=60s";

/** A plan that is to be applied as it was reviewed, or thrown away. */
export interface SavedPlan {
  readonly plan: Plan;
  readonly changes: boolean;
  /** As Terraform shows it to people. */
  readonly text: () => Promise<string>;
  /** Applies exactly this plan. */
  readonly apply: () => Promise<Ended>;
  readonly discard: () => void;
}

/** Terraform refused or failed; its words are kept for those who know the way out. */
export class TerraformFailed extends CommandError {
  constructor(
    { name }: StackDirectory,
    step: string,
    readonly output: string,
  ) {
    super(`${name}: \`${terraformProgram} ${step}\` failed.\n${output}`);
  }
}

export async function init(stack: StackDirectory): Promise<void> {
  const first = await terraform(stack, ["init", "-input=false"]);
  // The lock file beside the output remembers the providers of an earlier pin; the pins themselves are exact.
  const ended =
    first.code !== 0 && first.stderr.includes("init -upgrade")
      ? await terraform(stack, ["init", "-input=false", "-upgrade"])
      : first;
  requireSuccess(stack, "init", ended);
}

export async function plan(stack: StackDirectory, { destroy = false } = {}): Promise<SavedPlan> {
  const file = "commands.tfplan";
  const discard = () => rmSync(join(stack.path, file), { force: true });
  const mode = destroy ? ["-destroy"] : [];
  const args = ["plan", "-input=false", lockTimeout, "-detailed-exitcode", `-out=${file}`, ...mode];
  try {
    const ended = await terraform(stack, args, announceLock);
    if (ended.code !== 2) requireSuccess(stack, "plan", ended);
    const planJson = requireSuccess(stack, "show", await terraform(stack, ["show", "-json", file]));
    return {
      plan: JSON.parse(planJson.stdout),
      changes: ended.code === 2,
      text: async () =>
        withoutReleaseMetadata(requireSuccess(stack, "show", await terraform(stack, ["show", file])).stdout),
      apply: () => terraform(stack, ["apply", "-input=false", lockTimeout, file], console.log),
      discard,
    };
  } catch (error) {
    discard();
    throw error;
  }
}

function announceLock(line: string): void {
  if (line.includes("Acquiring state lock")) console.log(line);
}

function requireSuccess(stack: StackDirectory, step: string, ended: Ended): Ended {
  if (ended.code !== 0) throw new TerraformFailed(stack, step, `${ended.stdout}\n${ended.stderr}`.trim());
  return ended;
}

function terraform(
  stack: StackDirectory,
  [step = "", ...rest]: string[],
  onLine?: (line: string) => void,
): Promise<Ended> {
  const colours = process.stdout.isTTY && !process.env.CI && !process.env.NO_COLOR ? [] : ["-no-color"];
  return child(terraformProgram, [step, ...colours, ...rest], {
    cwd: stack.path,
    env: { ...pluginCache(), ...providersEnvironment(), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
    onLine,
    endsInOrder: true,
  });
}

/** One download of each provider for all stacks, unless the user has arranged it otherwise. */
function pluginCache(): NodeJS.ProcessEnv {
  if (process.env.TF_PLUGIN_CACHE_DIR || process.env.TF_CLI_CONFIG_FILE) return {};
  const directory = join(homedir(), ".terraform.d", "plugin-cache");
  mkdirSync(directory, { recursive: true });
  // Each stack starts without a lock file, and Terraform would then download again only to fill it.
  return { TF_PLUGIN_CACHE_DIR: directory, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}
