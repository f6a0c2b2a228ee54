import { askForApproval } from "../approval";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { lockRecovery } from "../recovery/lock-recovery";
import { obstacles, recoveries } from "../recovery/recoveries";
import { recoveryText } from "../recovery/recovery";
import type { StackDirectory } from "../stack-directory";
import { planSummary } from "./plan-summary";
import { init, plan, type SavedPlan, TerraformFailed } from "./terraform";

export interface ApplyOptions {
  readonly autoApprove: boolean;
  /** Whether the stack is deleted instead. @default false */
  readonly destroy?: boolean;
  /** Called after the plan was approved, before the first change. @default nothing is called */
  readonly beforeChanges?: () => Promise<void>;
}

/**
 * Plans a stack, shows the changes, asks, and applies exactly that plan.
 * @throws {CommandError} when the plan was declined, or the apply was interrupted or failed. Contains the recovery, if
 * one is known.
 */
export async function applyStack(stack: StackDirectory, kubectl: Kubectl, options: ApplyOptions): Promise<void> {
  console.log(`\n${stack.name}: planning`);
  const saved = await planStack(stack, options);
  try {
    console.log(`${stack.name}: ${planSummary(saved.plan)}`);
    if (saved.changes) await applyPlan(stack, kubectl, saved, options);
  } finally {
    saved.discard();
  }
}

/**
 * Plans the synthesised stack.
 * @throws {CommandError} when planning failed. Contains the recovery, if one is known.
 */
export async function planStack(
  stack: StackDirectory,
  {
    destroy,
  }: {
    /** Whether the plan deletes the stack. @default false */
    readonly destroy?: boolean;
  } = {},
) {
  try {
    await init(stack);
    return await plan(stack, { destroy });
  } catch (error) {
    const lock = error instanceof TerraformFailed ? lockRecovery(error.output, stack) : undefined;
    throw lock ? new CommandError(`${stack.name}: nothing was planned.\n${recoveryText(lock)}`) : error;
  }
}

async function applyPlan(stack: StackDirectory, kubectl: Kubectl, saved: SavedPlan, options: ApplyOptions) {
  const before = options.destroy ? [] : await obstacles(saved.plan, stack, kubectl);
  if (before.length > 0) {
    throw new CommandError([`${stack.name}: nothing was applied.`, ...before.map(recoveryText)].join("\n"));
  }
  const question = `${options.destroy ? "Destroy" : "Apply"} ${stack.name}?`;
  if (!options.autoApprove && !(await askForApproval(question, saved.text))) {
    throw new CommandError(`${stack.name}: declined; nothing of this plan was applied.`);
  }
  await options.beforeChanges?.();
  const { code, stdout, stderr, interrupted } = await saved.apply();
  if (code === 0 && !interrupted) return;
  const outcome = interrupted
    ? "interrupted; Terraform finished and recorded its current operation"
    : "Terraform failed; its errors are above";
  const after = code === 0 ? [] : await recoveries(`${stdout}\n${stderr}`, saved.plan, stack, kubectl);
  throw new CommandError([`${stack.name}: ${outcome}.`, ...after.map(recoveryText)].join("\n"));
}
