import { child } from "../child";
import { Stopped } from "../command";

/**
 * What a program wrote to its standard output.
 * @throws {Stopped} with what it wrote to the other, when it fails.
 */
export async function said(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await child(program, args);
  if (code !== 0) throw new Stopped(`\`${program} ${args.join(" ")}\` failed: ${stderr.trim()}`);
  return stdout.trim();
}
