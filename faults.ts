/** A problem in the input, with the information that its author needs to correct it. */
export interface Fault {
  /** File and path in the file, in a form that can be searched for: `config/<environment>.ts: prometheus.retention`. */
  readonly place: string;
  /** The text at the place, never a secret. @default there is no text at the place */
  readonly value?: string;
  /** The rule that is broken: `must be a whole number of at least 2`. */
  readonly rule: string;
  /** How to correct it. */
  readonly remedy: string;
  /** The names of the environments that have the fault. @default the place names their files */
  readonly environments?: readonly string[];
}

/**
 * All faults of one input. Functions throw this error; only `main.ts` and the commands print it, without a stack trace,
 * and exit with 1.
 */
export class Faults extends Error {
  override readonly name = "Faults";

  constructor(
    readonly faults: readonly Fault[],
    title = "nothing was written",
  ) {
    const kinds = byMistake(faults);
    const places = kinds.length < faults.length ? ` at ${faults.length} places` : "";
    const count = `${kinds.length} ${kinds.length === 1 ? "fault" : "faults"}${places}`;
    super(`${count}; ${title}:\n${kinds.map(kindText).join("\n")}`);
  }
}

/** Of faults at more places, only the first two places and their number are printed. */
const mostPlaces = 3;

/** Faults that one mistake probably caused, because they have the same value, rule and remedy; others alone. */
function byMistake(faults: readonly Fault[]): readonly (readonly Fault[])[] {
  const alike = new Map<string, Fault[]>();
  for (const fault of faults) {
    const { value, rule, remedy, environments } = fault;
    // The further lines of a rule show the expression.
    const key = JSON.stringify([value, rule.split("\n")[0], remedy, environments]);
    alike.set(key, [...(alike.get(key) ?? []), fault]);
  }
  return [...alike.values()].flatMap((kind) => (kind.length > mostPlaces ? [kind] : kind.map((fault) => [fault])));
}

function kindText([first, ...others]: readonly Fault[]): string {
  if (!first) return "";
  const [second, ...rest] = others;
  const also = second ? `\n    the same at ${second.place}\n    and at ${rest.length} other places` : "";
  return `${faultText(first)}${also}`;
}

/**
 * Merges the faults of several environments, given by name. A fault that occurs in several of them is reported once: it
 * lists the environments, or their files if the fault is in the files of the environments.
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

/** Placeholder for the file of any environment while faults are compared. */
const ownFile = "config/*.ts";

function fileOf(environment: string): string {
  return `config/${environment}.ts`;
}

/** Throws an error if there are any faults. @throws {Faults} */
export function refuseAny(faults: readonly Fault[], title?: string): void {
  if (faults.length > 0) throw new Faults(faults, title);
}

function faultText({ place, value, rule, remedy, environments }: Fault): string {
  const given = value === undefined ? "" : `, got ${value}`;
  const where = environments === undefined ? "" : `\n    in ${environments.join(", ")}`;
  return `- ${place}: ${rule}${given}\n    ${remedy}${where}`;
}
