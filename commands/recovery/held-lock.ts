import { stripVTControlCharacters } from "node:util";
import type { StackDirectory } from "../stack-directory";
import { forTerraform, type Recovery, terraformCommand } from "./recovery";

/** The way out when Terraform says that somebody holds the state's lock; nothing when it says no such thing. */
export function heldLock(output: string, stack: StackDirectory): Recovery | undefined {
  if (!output.includes("Error acquiring the state lock")) return undefined;
  const plain = stripVTControlCharacters(output);
  const [id, operation, who, created] = ["ID", "Operation", "Who", "Created"].map((field) => fieldOf(plain, field));
  const holder = who
    ? `${who}, for ${operation?.replace("OperationType", "").toLowerCase()}, since ${created}`
    : "somebody";
  return {
    happened: `The state of ${stack.name} is locked by ${holder}.`,
    check: `Does that run still go on? Look on that machine (\`ps -ef | grep terraform\`) and at the pipelines. If it does, wait for it. Only if it does not:`,
    commands: id ? [forTerraform(), terraformCommand(stack, "force-unlock", id)] : [],
    afterwards: "Then run this command again: what the lost run had not recorded is found and named.",
    runbook: "held-state-lock.md",
  };
}

/** A field of Terraform's `Lock Info`, with or without the frame that it draws around errors. */
function fieldOf(output: string, field: string): string | undefined {
  return new RegExp(`^[│\\s]*${field}:[ \\t]+(\\S.*?)\\s*$`, "m").exec(output)?.[1];
}
