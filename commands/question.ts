import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Whoever cannot be asked must have said yes beforehand.
 * @throws {CommandError} when neither is so.
 */
export function refuseWithoutTerminal(autoApprove: boolean): void {
  if (autoApprove || process.stdin.isTTY) return;
  throw new CommandError(
    "There is no terminal to ask on, so nothing was touched. `--auto-approve` applies without asking, for pipelines whose plan was reviewed.",
  );
}

/** Asks until it understands: `y` is yes, `p` shows the whole plan; no answer, and Ctrl-C, is no. */
export async function askForApproval(question: string, plan: () => Promise<string>): Promise<boolean> {
  for (;;) {
    const answer = (await ask(`${question} [y/N, p shows the whole plan] `)).trim().toLowerCase();
    if (answer === "y" || answer === "yes") return true;
    if (answer !== "p") return false;
    console.log(await plan());
  }
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C, and the end of the input, close it without an answer.
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
