import { nodeVersionAdvice } from "../../commands/node-version";

/** The standard error of a command, without the advice that depends on the version of Node. */
export function withoutNodeAdvice(stderr: string): string {
  return stderr.replace(`${nodeVersionAdvice(process.versions.node)}\n`, "");
}
