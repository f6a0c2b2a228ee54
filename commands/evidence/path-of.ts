import { Stopped } from "../command";
import { type Tool, tool } from "../tool";

/**
 * Where a program of `tools/` is.
 * @throws {Stopped} when it can neither be found nor built.
 */
export function pathOf(name: Tool): string {
  const found = tool(name);
  if ("missing" in found) throw new Stopped(`It needs ${name}, ${found.missing}.`);
  return found.path;
}
