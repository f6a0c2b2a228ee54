import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Refuses to continue if nobody can approve the plan: there is no terminal, and `--auto-approve` is not set.
 * @throws {CommandError} in that case.
 */
export function refuseWithoutTerminal(autoApprove: boolean): void {
  if (autoApprove || process.stdin.isTTY) return;
  throw new CommandError(
    "Nothing was changed: there is no terminal on which you could approve the plan. In a pipeline whose plan was reviewed, add `--auto-approve`.",
  );
}

/** Asks for approval: `y` approves, `p` prints the whole plan and asks again, and anything else or Ctrl-C declines. */
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
  // Ctrl-C and the end of the input close the terminal without an answer.
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
