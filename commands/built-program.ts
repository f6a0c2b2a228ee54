import { type Run, runTool } from "./run-tool";
import { builtPath, type Tool } from "./tool";

/** The program, if it is on PATH in the pinned version or was built before. */
export function builtProgram(name: Tool): Run | undefined {
  const path = builtPath(name);
  return path === undefined ? undefined : runTool(path);
}

/**
 * What is printed in place of a check whose program is not there.
 * @param consequence what was not checked, such as `so the tests were not run`
 */
export function notInstalledText(name: Tool, consequence: string): string {
  return `${name}: not installed, ${consequence}. The pinned version must be on PATH; with Go, \`npm test\` builds it once.`;
}
