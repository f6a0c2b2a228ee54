/** The areas of changes, in the order in which they are printed. */
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
  "requests",
  "resources",
] as const;

export type Area = (typeof areas)[number];

/** One difference between two synths of an environment. */
export interface Change {
  readonly environment: string;
  readonly area: Area;
  readonly what: "added" | "removed" | "changed";
  /** Name of the changed thing in the terms of its area: the title of an alert, or `NetworkPolicy erp/redis`. */
  readonly name: string;
  /** The name with what a reader must know about the thing: `ErpRouteFails (warning)`. @default the name itself */
  readonly label?: string;
  /**
   * Short description of a thing that was added or removed as a whole, or of the alerts that a changed receiver gets.
   * @default only its name is printed
   */
  readonly summary?: string;
  /** The fields that differ. Empty if the thing was added or removed as a whole. */
  readonly fields: readonly FieldChange[];
  /**
   * The effect on data, or the reason for which the apply fails.
   * @default the change can be applied and loses nothing
   */
  readonly breaking?: string;
}

/**
 * The change of one field. Without a value before, the field was added; without a value after, it was removed. Both are
 * `null` if the values are too long to be useful to a reader.
 */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Address of the change log of a new version. @default the field contains no version, or its change log is unknown */
  readonly changeLog?: string;
}

/** A change as the comparison of one area finds it: the environment is known to its caller. */
export type FoundChange = Omit<Change, "environment">;
