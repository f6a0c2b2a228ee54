import type { Run } from "../../commands/run-tool";
import type { Tool } from "../../commands/tool";
import type { Fault } from "../../faults";
import type { SoundSettings } from "./sound-settings";

/** What is true of all settings that a synth accepts, whichever team wrote them. */
export interface Invariant {
  /** Completes the sentence "It is true that …". */
  readonly name: string;
  /** The program that judges. @default Node alone */
  readonly needs?: Tool;
  /** Judges the settings of several teams at once, so that a program is started once. @returns the faults of each */
  readonly faults: (all: readonly SoundSettings[], run: Run) => ReadonlyMap<SoundSettings, readonly Fault[]>;
}
