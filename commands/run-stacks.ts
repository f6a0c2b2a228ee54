import { CommandError } from "./command";
import type { StackDirectory } from "./stack-directory";

/**
 * Runs an action on each stack, one after the other.
 * @throws {CommandError} with the status of each stack, when the action fails on one of them.
 */
export async function runStacks(
  stacks: readonly StackDirectory[],
  again: string,
  act: (stack: StackDirectory, index: number) => Promise<void>,
): Promise<void> {
  for (const [place, stack] of stacks.entries()) {
    try {
      await act(stack, place);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new CommandError(
        `${error.message}\n\n${progressReport(stacks, place)}\nAfter you fix this, run \`${again}\` again; it continues from here.`,
      );
    }
  }
}

function progressReport(stacks: readonly StackDirectory[], stopped: number): string {
  const lines = stacks.map(({ name }, index) => {
    const state = index < stopped ? "done" : index === stopped ? "stopped" : "not started";
    return `  ${name}: ${state}`;
  });
  return ["Status:", ...lines].join("\n");
}
