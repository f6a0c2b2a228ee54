/** What a change is about, in the order in which changes are printed. */
export const areas = [
  "environment",
  "state",
  "alerts",
  "notifications",
  "dashboards",
  "keep-lists",
  "secrets",
  "versions",
  "permissions",
  "network",
  "resources",
] as const;

export type Area = (typeof areas)[number];

/** One thing that differs between two synths of an environment. */
export interface Change {
  readonly environment: string;
  readonly area: Area;
  readonly what: "added" | "removed" | "changed";
  /** What is different, in the words of its area: the title of an alert, `NetworkPolicy erp/redis`. */
  readonly name: string;
  /** The thing in a few words, where all of it was added or removed. @default its name is enough */
  readonly summary?: string;
  /** What differs in it; empty where all of it was added or removed. */
  readonly fields: readonly FieldChange[];
  /** What happens to data, or why the apply fails. @default the change can be applied and loses nothing */
  readonly breaking?: string;
}

/**
 * A field without a value before was added, one without a value after was removed. Both are `null` where the values are
 * too long to mean anything to a reader.
 */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A change as the comparison of one area finds it: the environment is known to its caller. */
export type FoundChange = Omit<Change, "environment">;
