import type { Run } from "../../commands/run-tool";
import type { Tool } from "../../commands/tool";
import type { Fault } from "../../faults";
import type { SoundSettings } from "./sound-settings";

/** A property of all settings that a synth accepts, for every team. */
export interface Invariant {
  /** A sentence about the settings, as the title of the test. */
  readonly name: string;
  /** The program that checks the settings. @default only Node.js is needed */
  readonly needs?: Tool;
  /** Checks the settings of several teams at once, so that the program starts only once. @returns the faults of each */
  readonly faults: (all: readonly SoundSettings[], run: Run) => ReadonlyMap<SoundSettings, readonly Fault[]>;
}
