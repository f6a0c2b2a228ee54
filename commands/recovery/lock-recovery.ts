import { stripVTControlCharacters } from "node:util";
import type { StackDirectory } from "../stack-directory";
import { exportKubeconfig, type Recovery, terraformCommand } from "./recovery";

/** The recovery from a locked state, if Terraform's output reports one; otherwise undefined. */
export function lockRecovery(output: string, stack: StackDirectory): Recovery | undefined {
  if (!output.includes("Error acquiring the state lock")) return undefined;
  const plain = stripVTControlCharacters(output);
  const [id, operation, who, created] = ["ID", "Operation", "Who", "Created"].map((field) => fieldOf(plain, field));
  const holder = who
    ? `${who}, for ${operation?.replace("OperationType", "").toLowerCase()}, since ${created}`
    : "another run";
  return {
    happened: `The state of ${stack.name} is locked by ${holder}.`,
    check: `Check on that machine (\`ps -ef | grep terraform\`) and in the pipelines whether that run is still active. If it is, wait until it ends. Only if it is not, release the lock:`,
    commands: id ? [exportKubeconfig(), terraformCommand(stack, "force-unlock", id)] : [],
    afterwards: "Then run this command again: it lists any objects that the interrupted run did not record.",
    runbook: "held-state-lock.md",
  };
}

/** A field of Terraform's `Lock Info`, with or without the frame around errors. */
function fieldOf(output: string, field: string): string | undefined {
  return new RegExp(`^[│\\s]*${field}:[ \\t]+(\\S.*?)\\s*$`, "m").exec(output)?.[1];
}
