import { CommandError } from "./command";
import type { StackDirectory } from "./stack-directory";

/**
 * Does something with each stack, one after the other.
 * @throws {CommandError} when it fails with one of them, saying what state each is in.
 */
export async function runInTurn(
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
        `${error.message}\n\n${progressReport(stacks, place)}\nOnce that is settled, \`${again}\` goes on from there.`,
      );
    }
  }
}

function progressReport(stacks: readonly StackDirectory[], stopped: number): string {
  const lines = stacks.map(({ name }, index) => {
    const state = index < stopped ? "done" : index === stopped ? "stopped here" : "not begun";
    return `  ${name}: ${state}`;
  });
  return ["Where things stand:", ...lines].join("\n");
}
