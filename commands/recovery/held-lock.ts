import type { StackDirectory } from "../stack-directory";
import { forTerraform, type Recovery, terraformCommand } from "./recovery";

/** The way out when Terraform says that somebody holds the state's lock; nothing when it says no such thing. */
export function heldLock(output: string, stack: StackDirectory): Recovery | undefined {
  if (!output.includes("Error acquiring the state lock")) return undefined;
  const [id, operation, who, created] = ["ID", "Operation", "Who", "Created"].map((field) => fieldOf(output, field));
  const holder = who
    ? `${who}, since ${created} (${operation?.replace("OperationType", "").toLowerCase()})`
    : "somebody";
  return {
    happened: `The state of ${stack.name} is locked by ${holder}.`,
    steps: [
      "Is that run still going? Look for it on that machine (`ps -ef | grep terraform`) and among the running pipelines. If it is, wait for it.",
      id
        ? `Only when nothing of it runs any more: ${forTerraform()}; ${terraformCommand(stack, "force-unlock", id)}`
        : "It names no lock: look into the backend.",
      "Then run this command again: what the lost run had not recorded is found and named.",
    ],
    runbook: "held-state-lock.md",
  };
}

/** A field of Terraform's `Lock Info`, with or without the frame that it draws around errors. */
function fieldOf(output: string, field: string): string | undefined {
  return new RegExp(`^[│\\s]*${field}:[ \\t]+(\\S.*?)\\s*$`, "m").exec(output)?.[1];
}
