import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../commands/command";
import { type Program, run } from "./measure";

/** Number of resources, by `<stack>, <type>`. */
type Counts = ReadonlyMap<string, number>;

/** @throws {CommandError} when the plain app would be compared with a different number of resources. */
export function checkCounts(plain: Program, ours: Program): void {
  const [found, wanted] = [run(plain, resourceCounts), run(ours, resourceCounts)];
  const differences = [...new Set([...wanted.keys(), ...found.keys()])].flatMap((key) => {
    const [now, then] = [found.get(key) ?? 0, wanted.get(key) ?? 0];
    return now === then ? [] : `- ${key}: ${then} instead of ${now}`;
  });
  if (differences.length === 0) return;
  throw new CommandError(
    `The plain app does not have as many resources as ours. Change these counts in bench/plain/main.ts:\n${differences.join("\n")}`,
  );
}

function resourceCounts(outdir: string): Counts {
  const stacks = join(outdir, "stacks");
  return new Map(
    readdirSync(stacks).flatMap((stack) => {
      const { resource }: { resource: Readonly<Record<string, object>> } = JSON.parse(
        readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8"),
      );
      return Object.entries(resource).map(([type, all]) => [`${stack}, ${type}`, Object.keys(all).length] as const);
    }),
  );
}
