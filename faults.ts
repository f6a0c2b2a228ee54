/** Something wrong with the input, in words that let its author mend it. */
export interface Fault {
  /** File and path inside it, as its author would search for it: `config/<environment>.ts: prometheus.retention`. */
  readonly place: string;
  /** The text that stands at the place; never a secret. @default nothing stands there */
  readonly value?: string;
  /** What would be right: `must be a whole number of at least 2`. */
  readonly rule: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The names of the environments that have the fault. @default the place names their files */
  readonly environments?: readonly string[];
}

/** All the faults of one input. Functions throw it; only `main.ts` and commands print it, without a stack, and exit 1. */
export class Faults extends Error {
  override readonly name = "Faults";

  constructor(
    readonly faults: readonly Fault[],
    title = "nothing was written",
  ) {
    super(
      `${faults.length} ${faults.length === 1 ? "fault" : "faults"}; ${title}:\n${faults.map(faultText).join("\n")}`,
    );
  }
}

/**
 * The faults of several environments, by name. A fault that is the same in some of them is there once: it names them, or
 * all of their files when it is in the files of the environments themselves.
 */
export function mergeFaults(faults: Readonly<Record<string, readonly Fault[]>>): Fault[] {
  const merged = new Map<string, { readonly fault: Fault; readonly environments: readonly string[] }>();
  for (const [environment, own] of Object.entries(faults)) {
    for (const fault of own) {
      const place = fault.place.replace(fileOf(environment), ownFile);
      const key = JSON.stringify([place, fault.value, fault.rule, fault.remedy]);
      const environments = new Set([...(merged.get(key)?.environments ?? []), environment]);
      merged.set(key, { fault: { ...fault, place }, environments: [...environments] });
    }
  }
  return [...merged.values()].map(({ fault, environments }) =>
    fault.place.startsWith(ownFile)
      ? { ...fault, place: fault.place.replace(ownFile, environments.map(fileOf).join(", ")) }
      : { ...fault, environments },
  );
}

/** Stands for the file of any environment while faults are compared. */
const ownFile = "config/*.ts";

function fileOf(environment: string): string {
  return `config/${environment}.ts`;
}

/** @throws {Faults} when there is any. */
export function refuseAny(faults: readonly Fault[], title?: string): void {
  if (faults.length > 0) throw new Faults(faults, title);
}

function faultText({ place, value, rule, remedy, environments }: Fault): string {
  const given = value === undefined ? "" : `, got ${value}`;
  const where = environments === undefined ? "" : `\n    in ${environments.join(", ")}`;
  return `- ${place}: ${rule}${given}\n    ${remedy}${where}`;
}
