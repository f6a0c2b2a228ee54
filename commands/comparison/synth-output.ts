import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentSignals, type SignalsJson, signalsFile, signalsVersion } from "../../signals-json";
import { readStack, type Stack } from "../read-stack";
import { allStacks } from "../stack-directory";
import { stackName } from "../stack-name";

/** Output of one synth, by environment. */
export interface SynthOutput {
  /** Stacks by the name of their environment. */
  readonly stacks: Readonly<Record<string, readonly Stack[]>>;
  /**
   * The signals by the name of their environment.
   * @default the version of the product wrote no `signals.json`, or one in another format
   */
  readonly signals?: Readonly<Record<string, EnvironmentSignals>>;
}

/** Output of one synth for one environment. */
export interface EnvironmentOutput {
  readonly stacks: readonly Stack[];
  /** The signals of the environment. @default the synth has none */
  readonly signals?: EnvironmentSignals;
}

/** Reads the directory that a synth wrote, of this or of another version of the product. */
export function readSynth(outdir: string): SynthOutput {
  const signals = readSignals(join(outdir, signalsFile));
  const stacks: Record<string, Stack[]> = {};
  for (const directory of allStacks(outdir)) {
    const stack = readStack(directory);
    const { environment } = stackName(stack.name, Object.keys(signals ?? {}));
    stacks[environment] = [...(stacks[environment] ?? []), stack];
  }
  return { stacks, ...(signals && { signals }) };
}

function readSignals(path: string): SynthOutput["signals"] {
  if (!existsSync(path)) return undefined;
  const { version, environments } = JSON.parse(readFileSync(path, "utf8")) as SignalsJson;
  return version === signalsVersion ? environments : undefined;
}
