import { nodeVersionAdvice } from "../../commands/node-version";

/** What a command wrote to its standard error, without the advice that depends on the version of Node. */
export function withoutNodeAdvice(stderr: string): string {
  return stderr.replace(`${nodeVersionAdvice(process.versions.node)}\n`, "");
}
