import type { Environment } from "./environment";
import type { Finding } from "./finding";
import { isSound } from "./rule";

/** What must be one environment's alone. */
export interface Sole {
  /** Where it is said. */
  readonly at: string;
  /** Places that it reads besides. @default none */
  readonly reads?: readonly string[];
  /** Each of these may be said once among all environments. */
  readonly claims: (environment: Environment) => readonly string[];
  readonly rule: string;
  readonly remedy: string;
}

/** Something that claims to be an environment, and what is known to be wrong with it. */
export interface Judged {
  readonly given: unknown;
  readonly findings: readonly Finding[];
}

/** For each environment, what an earlier one has claimed before it. */
export function soleFindings(soles: readonly Sole[], judged: readonly Judged[]): readonly Finding[][] {
  const taken = new Set<string>();
  return judged.map(({ given, findings }) =>
    soles
      .filter(({ at, reads = [] }) => isSound([at, ...reads], findings))
      .flatMap(({ at, claims, rule, remedy }) =>
        claims(given as Environment).flatMap((value) => {
          const claim = `${at} ${value}`;
          if (!taken.has(claim)) {
            taken.add(claim);
            return [];
          }
          return [{ path: at.split("."), value, rule, remedy }];
        }),
      ),
  );
}
