import type { Run } from "./run";

/** A difference between the image and the contract. */
export interface Finding {
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** One rule of the contract. */
export interface Rule {
  /** Name in reports. It never changes. */
  readonly name: string;
  /** The rule, as a sentence without a full stop. */
  readonly title: string;
  /** The options without which the rule cannot be checked. @default none */
  readonly needs?: readonly Need[];
  readonly check: (run: Run) => Promise<readonly Finding[]>;
}

/** An option on which rules depend. */
export interface Need {
  /** The option as the user writes it: `--log <file>`. */
  readonly option: string;
  readonly isGiven: (run: Run) => boolean;
}
