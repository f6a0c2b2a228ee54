/** A proof on a real cluster that runs alone by name. */
export interface Story {
  readonly name: string;
  /** What it proves, in one sentence without a full stop. */
  readonly proves: string;
  /** How long it takes, in minutes, without the deployment. */
  readonly minutes: number;
  /** What it needs before it. A story on a `deployment` leaves it as it found it; one on `any cluster` changes nothing. */
  readonly needs: "any cluster" | "empty cluster" | "deployment";
  /** Images of the story's own pods, given the folder of the charts. @default the story needs no further images */
  readonly images?: (charts: string) => Promise<readonly string[]>;
  readonly tell: () => Promise<void>;
}

/** Title of the step that runs a story. */
export function storyTitle({ name, proves }: Pick<Story, "name" | "proves">): string {
  return `${name}: ${proves}`;
}
