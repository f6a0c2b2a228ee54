import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentSignals, type SignalsJson, signalsFile, signalsVersion } from "../../signals-json";
import { readStack, type Stack } from "../read-stack";
import { allStacks } from "../stack-directory";

/** What one synth wrote, by environment. */
export interface SynthOutput {
  /** Stacks by the name of their environment. */
  readonly stacks: Readonly<Record<string, readonly Stack[]>>;
  /**
   * The signals by the name of their environment.
   * @default the synth was made by a version that wrote no `signals.json`, or one of another version
   */
  readonly signals?: Readonly<Record<string, EnvironmentSignals>>;
}

/** Reads the directory that a synth wrote, of this or of another version of the product. */
export function readSynth(outdir: string): SynthOutput {
  const signals = readSignals(join(outdir, signalsFile));
  const stacks: Record<string, Stack[]> = {};
  for (const directory of allStacks(outdir)) {
    const stack = readStack(directory);
    const environment = environmentOf(stack.name, Object.keys(signals ?? {}));
    stacks[environment] = [...(stacks[environment] ?? []), stack];
  }
  return { stacks, ...(signals && { signals }) };
}

function readSignals(path: string): SynthOutput["signals"] {
  if (!existsSync(path)) return undefined;
  const { version, environments } = JSON.parse(readFileSync(path, "utf8")) as SignalsJson;
  return version === signalsVersion ? environments : undefined;
}

/** The ends of the names that `stacks/environment-stack.ts` gives. */
const layers = ["base", "monitoring", "erp"];

/**
 * Stacks are named `<environment>-<layer>`. Those of a version with other layers belong to the environment with the
 * longest name that theirs begins with.
 */
function environmentOf(stack: string, environments: readonly string[]): string {
  const layer = layers.find((one) => stack.endsWith(`-${one}`));
  if (layer !== undefined) return stack.slice(0, -`-${layer}`.length);
  const [known] = environments
    .filter((name) => stack.startsWith(`${name}-`))
    .sort((one, two) => two.length - one.length);
  return known ?? stack.replace(/-[^-]+$/, "");
}
