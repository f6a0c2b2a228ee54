import { mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type ChildResult, child } from "../child";
import { CommandError } from "../command";
import type { StackDirectory } from "../stack-directory";
import { providersEnvironment } from "./kubeconfig";
import type { Plan } from "./plan-summary";
import { withoutReleaseMetadata } from "./plan-text";

/** The program in `TERRAFORM_BINARY_NAME`, by default `terraform`. */
export const terraformProgram = process.env.TERRAFORM_BINARY_NAME || "terraform";

/** How long this run waits for another run that has locked the state. */
const lockTimeout = "-lock-timeout=60s";

/** A plan that is applied exactly as it was reviewed, or discarded. */
export interface SavedPlan {
  readonly plan: Plan;
  readonly changes: boolean;
  /** The plan as Terraform prints it for people. */
  readonly text: () => Promise<string>;
  /** Applies exactly this plan. */
  readonly apply: () => Promise<ChildResult>;
  readonly discard: () => void;
}

/** Terraform failed. Its output is available to the functions that look for a recovery. */
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
  // The lock file in the output may contain the providers of an earlier pin. The pins themselves are exact.
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

function requireSuccess(stack: StackDirectory, step: string, ended: ChildResult): ChildResult {
  if (ended.code !== 0) throw new TerraformFailed(stack, step, `${ended.stdout}\n${ended.stderr}`.trim());
  return ended;
}

function terraform(
  stack: StackDirectory,
  [step = "", ...rest]: string[],
  onLine?: (line: string) => void,
): Promise<ChildResult> {
  const colours = process.stdout.isTTY && !process.env.CI && !process.env.NO_COLOR ? [] : ["-no-color"];
  return child(terraformProgram, [step, ...colours, ...rest], {
    cwd: stack.path,
    env: { ...pluginCache(), ...providersEnvironment(), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
    onLine,
    finishesOperation: true,
  });
}

/** A cache, so that all stacks share one download of each provider, unless the user has configured another one. */
function pluginCache(): NodeJS.ProcessEnv {
  if (process.env.TF_PLUGIN_CACHE_DIR || process.env.TF_CLI_CONFIG_FILE) return {};
  const directory = join(homedir(), ".terraform.d", "plugin-cache");
  mkdirSync(directory, { recursive: true });
  // Without this variable, Terraform downloads a cached provider again if a stack has no lock file yet.
  return { TF_PLUGIN_CACHE_DIR: directory, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}
