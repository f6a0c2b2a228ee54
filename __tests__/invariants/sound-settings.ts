import { type Synthesis, synthesis } from "../../commands/synthesized-stacks";
import type { Environment } from "../../settings/environment";

/** The environments of a team and what follows from them, once nothing is wrong with any of it. */
export interface SoundSettings extends Synthesis {
  readonly environments: readonly Environment[];
}

/** @throws {Faults} with everything that a synth refuses: settings, rules, panels and notifications. */
export function soundSettings(environments: readonly Environment[]): SoundSettings {
  return { environments, ...synthesis(environments) };
}
