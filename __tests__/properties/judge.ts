import fc from "fast-check";

/** A generated input. */
interface Case {
  /** The input in a short form that a person can read. */
  readonly text: string;
}

export interface Run {
  readonly seed: number;
  readonly runs: number;
  /** Leads fast-check to one generated input, which a failed run printed. @default all inputs are generated */
  readonly path?: string;
}

/** The result of a property for many generated inputs. */
export interface Judgement {
  /** Whether the property holds for all of them. */
  readonly holds: boolean;
  /** Inputs that were tried. */
  readonly tried: number;
  /** Inputs that were generated in addition and are not in the domain of the property. */
  readonly discarded: number;
  readonly seconds: number;
  /** The result, and the smallest counterexample. */
  readonly text: string;
}

/** The input is not in the domain of the property. */
export const outside = Symbol("outside");

/**
 * Tries a property with generated inputs, and reduces the first counterexample to the smallest one.
 * @param property the faults of an input, or `outside`
 */
export function judge<Input extends Case>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  property: (input: Input) => readonly string[] | typeof outside,
  { seed, runs, path }: Run,
): Judgement {
  const start = Date.now();
  const details = fc.check(
    fc.property(inputs, (input) => {
      const faults = property(input);
      fc.pre(faults !== outside);
      if (faults.length > 0) throw new Error(faults.join("\n"));
    }),
    { seed, numRuns: runs, maxSkipsPerRun: 100, ...(path !== undefined && { path }) },
  );
  const seconds = (Date.now() - start) / 1000;
  const { numRuns: tried, numSkips: discarded } = details;
  const share = Math.round((100 * discarded) / (tried + discarded));
  const text = [
    `${name}: ${tried} tried, ${share} % of the generated ones discarded, seed ${details.seed}, ${seconds.toFixed(1)} s`,
  ];
  if (details.failed) {
    const [smallest] = details.counterexample ?? [];
    text.push(
      `FAILED, path ${details.counterexamplePath}, smallest counterexample after ${details.numShrinks} reductions:`,
      smallest?.text ?? "none was found",
      String(details.errorInstance),
    );
  }
  return { holds: !details.failed, tried, discarded, seconds, text: text.join("\n") };
}
