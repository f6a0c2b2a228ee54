/** Something wrong with the input, in words that let its author mend it. */
export interface Fault {
  /** File and path inside it, as its author would search for it: `config/production.ts: prometheus.retention`. */
  readonly place: string;
  /** What stands there, as text; absent where nothing stands there, and never a secret. */
  readonly value?: string;
  /** What would be right: `must be a whole number of at least 2`. */
  readonly rule: string;
  /** What to do about it. */
  readonly remedy: string;
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

/** @throws {Faults} when there is any. */
export function refuseAny(faults: readonly Fault[], title?: string): void {
  if (faults.length > 0) throw new Faults(faults, title);
}

function faultText({ place, value, rule, remedy }: Fault): string {
  const given = value === undefined ? "" : `, got ${value}`;
  return `- ${place}: ${rule}${given}\n    ${remedy}`;
}
