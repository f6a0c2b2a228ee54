import type { Fault } from "../../faults";
import type { SoundSettings } from "./sound-settings";

/**
 * The faults of the texts that result from the settings of each team. A text of several teams is judged once.
 *
 * @param refusals returns the faults of each text that the program refuses
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
 * The error of a program for each file that it refuses, by text. The program gets all files at once. If it refuses any,
 * it gets them one by one.
 *
 * @param check runs the program. It returns the error, or undefined if the program accepts the files
 */
export function refusedFiles(
  files: ReadonlyMap<string, string>,
  check: (...paths: string[]) => string | undefined,
): ReadonlyMap<string, string> {
  if (check(...files.values()) === undefined) return new Map();
  return new Map(
    [...files].flatMap(([text, file]) => {
      const error = check(file);
      return error === undefined ? [] : [[text, error] as const];
    }),
  );
}
