import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { askForApproval } from "../question";
import { heldLock } from "../recovery/held-lock";
import { obstacles, recoveries } from "../recovery/recoveries";
import { recoveryText } from "../recovery/recovery";
import type { StackDirectory } from "../stack-directory";
import { planSummary } from "./plan-summary";
import { init, plan, type SavedPlan, TerraformFailed } from "./terraform";

export interface ApplyOptions {
  readonly autoApprove: boolean;
  /** Whether the stack is deleted instead. @default false */
  readonly destroy?: boolean;
}

/**
 * Plans a stack, shows what would change, asks, and applies exactly that plan.
 * @throws {CommandError} when it was declined, interrupted or failed, with the way out where one is known.
 */
export async function applyStack(stack: StackDirectory, kubectl: Kubectl, options: ApplyOptions): Promise<void> {
  console.log(`\n${stack.name}: planning`);
  const saved = await plannedStack(stack, options);
  try {
    console.log(`${stack.name}: ${planSummary(saved.plan)}`);
    if (saved.changes) await applyPlan(stack, kubectl, saved, options);
  } finally {
    saved.discard();
  }
}

/**
 * A plan of the stack as it was synthesised.
 * @throws {CommandError} when there can be none, with the way out where one is known.
 */
export async function plannedStack(
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
    const lock = error instanceof TerraformFailed ? heldLock(error.output, stack) : undefined;
    throw lock ? new CommandError(`${stack.name}: nothing was planned.\n${recoveryText(lock)}`) : error;
  }
}

async function applyPlan(stack: StackDirectory, kubectl: Kubectl, saved: SavedPlan, options: ApplyOptions) {
  const inTheWay = options.destroy ? [] : await obstacles(saved.plan, stack, kubectl);
  if (inTheWay.length > 0) {
    throw new CommandError([`${stack.name}: nothing was applied.`, ...inTheWay.map(recoveryText)].join("\n"));
  }
  const question = `${options.destroy ? "Destroy" : "Apply"} ${stack.name}?`;
  if (!options.autoApprove && !(await askForApproval(question, saved.text))) {
    throw new CommandError(`${stack.name}: declined, and nothing of this plan was applied.`);
  }
  const { code, stdout, stderr, interrupted } = await saved.apply();
  if (code === 0 && !interrupted) return;
  const what = interrupted
    ? "interrupted; what Terraform had begun was ended and recorded"
    : "Terraform failed, for the reasons above";
  const ways = code === 0 ? [] : await recoveries(`${stdout}\n${stderr}`, saved.plan, stack, kubectl);
  throw new CommandError([`${stack.name}: ${what}.`, ...ways.map(recoveryText)].join("\n"));
}
