import { type Synthesis, synthesis } from "../../commands/synthesized-stacks";
import type { Environment } from "../../settings/environment";

/** The environments of a team without faults, and the signals and stacks that result from them. */
export interface SoundSettings extends Synthesis {
  readonly environments: readonly Environment[];
}

/** @throws {Faults} with all faults that a synth reports: settings, rules, panels and notifications. */
export function soundSettings(environments: readonly Environment[]): SoundSettings {
  return { environments, ...synthesis(environments) };
}
