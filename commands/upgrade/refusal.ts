/** What a version refuses, by who can correct it. */
export interface Refusal {
  /** How the user calls the version. */
  readonly name: string;
  /** Folder of the settings that the version was given, such as `config`. */
  readonly settings: string;
  /** The faults as the version prints them: each begins with `- <place>: `. */
  readonly faults: string;
}

/** The faults as a text that distinguishes those of the settings from those that only a change of the version corrects. */
export function refusalText({ name, settings, faults }: Refusal): string {
  const all = faults.split(/^(?=- )/m).map((fault) => fault.trimEnd());
  const inSettings = all.filter(isInSettings);
  const inProduct = all.filter((fault) => !isInSettings(fault));
  return [
    ...(inProduct.length > 0
      ? [
          `${name} has ${inProduct.length === 1 ? "a fault" : `${inProduct.length} faults`} of its own: report it, and do not merge ${name}.`,
          ...inProduct,
        ]
      : []),
    ...(inSettings.length > 0
      ? [
          `${name} refuses the settings in ${settings}/. Change them when you merge it:`,
          ...inSettings,
          "To see what else changes, make these changes in a copy of config/, and add `--settings <copy>`.",
        ]
      : []),
  ].join("\n");
}

/** Only these files belong to the user; a version reads them as `config/`, whatever folder they come from. */
function isInSettings(fault: string): boolean {
  return fault.startsWith("- config/");
}
