/** A proof on a real cluster. Each story can run alone, by its name. */
export interface Story {
  readonly name: string;
  /** What the story proves, in one sentence without a full stop. */
  readonly proves: string;
  /** What is broken, for the stories in `docs/faults.md`. @default the story injects no fault */
  readonly fault?: string;
  /** How long the story takes, in minutes, without the deployment. */
  readonly minutes: number;
  /**
   * What the story needs. A story on a `deployment` leaves the deployment as it found it. A story on `any cluster`
   * changes nothing.
   */
  readonly needs: "any cluster" | "empty cluster" | "deployment";
  /** Images of the story's own pods, given the folder of the charts. @default the story needs no further images */
  readonly images?: (charts: string) => Promise<readonly string[]>;
  readonly run: () => Promise<void>;
}

/** The title of the step that runs a story. */
export function storyTitle({ name, proves }: Pick<Story, "name" | "proves">): string {
  return `${name}: ${proves}`;
}
