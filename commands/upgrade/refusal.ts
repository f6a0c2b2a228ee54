/** Faults with which a version refuses to be synthesised. */
export interface Refusal {
  /** The name that the user gave for the version. */
  readonly name: string;
  /** Folder of the settings that the version was given, such as `config`. */
  readonly settings: string;
  /** The faults as the version prints them: each begins with `- <place>: `. */
  readonly faults: string;
}

/** The faults as text: first the faults in the version itself, then those that the user can correct in the settings. */
export function refusalText({ name, settings, faults }: Refusal): string {
  const all = faults.split(/^(?=- )/m).map((fault) => fault.trimEnd());
  const inSettings = all.filter(isInSettings);
  const inProduct = all.filter((fault) => !isInSettings(fault));
  return [
    ...(inProduct.length > 0
      ? [
          `${name} has ${inProduct.length === 1 ? "a fault" : `${inProduct.length} faults`} in its own files. Report this, and do not merge ${name}:`,
          ...inProduct,
        ]
      : []),
    ...(inSettings.length > 0
      ? [
          `${name} refuses the settings in ${settings}/. Change them when you merge it:`,
          ...inSettings,
          "To see the other changes now, make these changes in a copy of config/, and add `--settings <copy>`.",
        ]
      : []),
  ].join("\n");
}

/** Whether a fault is in the settings. A version reads them as `config/`, also if they come from another folder. */
function isInSettings(fault: string): boolean {
  return fault.startsWith("- config/");
}
