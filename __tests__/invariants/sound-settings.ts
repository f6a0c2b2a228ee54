import type { Stack } from "../../commands/read-stack";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import type { Environment } from "../../settings/environment";
import { type Signals, signals } from "../../signals";

/** The environments of a team and what follows from them, once nothing is wrong with any of it. */
export interface SoundSettings {
  readonly environments: readonly Environment[];
  readonly signals: ReadonlyMap<Environment, Signals>;
  readonly stacks: readonly Stack[];
}

/** @throws {Faults} with everything that a synth refuses: settings, rules, panels and notifications. */
export function soundSettings(environments: readonly Environment[]): SoundSettings {
  const stacks = synthesizedStacks(environments);
  return { environments, stacks, signals: new Map(environments.map((one) => [one, signals(one)])) };
}
