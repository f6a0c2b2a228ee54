import type { Fault } from "../../faults";
import type { SoundSettings } from "./sound-settings";

/**
 * The faults of the texts that the settings of each team lead to. A text that several teams have is judged once.
 *
 * @param refusals what is wrong with each text that a program refuses
 */
export function judgeTexts(
  all: readonly SoundSettings[],
  textsOf: (settings: SoundSettings) => readonly string[],
  refusals: (texts: ReadonlySet<string>) => ReadonlyMap<string, readonly Fault[]>,
): ReadonlyMap<SoundSettings, readonly Fault[]> {
  const texts = new Map(all.map((one) => [one, textsOf(one)]));
  const union = new Set([...texts.values()].flat());
  const refused = union.size > 0 ? refusals(union) : new Map<string, readonly Fault[]>();
  return new Map([...texts].map(([one, own]) => [one, own.flatMap((text) => refused.get(text) ?? [])]));
}

/**
 * The error of a program for each file that it refuses, by text. It gets all files at once, and one by one only when it
 * refuses any.
 *
 * @param check runs the program. @returns its error, or undefined if it accepts the files
 */
export function refusedFiles(
  files: ReadonlyMap<string, string>,
  check: (...paths: string[]) => string | undefined,
): ReadonlyMap<string, string> {
  if (check(...files.values()) === undefined) return new Map();
  return new Map(
    [...files].flatMap(([text, file]) => {
      const said = check(file);
      return said === undefined ? [] : [[text, said] as const];
    }),
  );
}
