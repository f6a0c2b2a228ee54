import { CommandError } from "./command";
import type { StackDirectory } from "./stack-directory";

/**
 * Does something with each stack, one after the other.
 * @throws {CommandError} when it fails with one of them, saying what state each is in.
 */
export async function inTurn(
  stacks: readonly StackDirectory[],
  again: string,
  act: (stack: StackDirectory, place: number) => Promise<void>,
): Promise<void> {
  for (const [place, stack] of stacks.entries()) {
    try {
      await act(stack, place);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new CommandError(
        `${error.message}\n\n${standing(stacks, place)}\nOnce that is settled, \`${again}\` goes on from there.`,
      );
    }
  }
}

function standing(stacks: readonly StackDirectory[], stopped: number): string {
  const lines = stacks.map(({ name }, place) => {
    const state = place < stopped ? "done" : place === stopped ? "stopped here" : "not begun";
    return `  ${name}: ${state}`;
  });
  return ["Where things stand:", ...lines].join("\n");
}
