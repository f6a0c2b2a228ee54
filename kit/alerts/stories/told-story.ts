import { inSeconds } from "../../queries/duration";
import type { AnyAlert } from "../alert";
import type { Scenario } from "./scenario";
import { type StoryTime, storySeconds } from "./story-time";

/** A story of one alert, with its times in seconds since its start. */
export interface ToldStory<Given> {
  /** What is given, whose parts last for durations. */
  readonly given: readonly Given[];
  /** Seconds that the longest of it goes on. */
  readonly length: number;
  /** When the alert fires. @default it stays silent */
  readonly firing?: {
    /** Nothing fires up to here. */
    readonly after: number;
    /** It fires here. */
    readonly by: number;
    /** It still fires at `after`, and no longer at `by`. @default the story does not watch its end */
    readonly resolves?: { readonly after: number; readonly by: number };
  };
}

/** What the times and values of a story follow. */
export type Told = Pick<AnyAlert, "for" | "limit">;

/** What a story is told with in place of what the alert says. */
export interface Override {
  /** How long the condition must hold. @default as long as the alert says */
  readonly for?: string;
  /** The number that the measure is compared with. @default that of the alert */
  readonly limit?: number;
}

interface Timed {
  readonly parts: readonly { readonly for: StoryTime }[];
}

/** The story with the alert's limit in its values, and its `for` in its times. */
export function toldStory<Given extends Timed>(
  story: Scenario<Given>,
  told: Told,
  { for: lasting = told.for ?? "0s", limit = told.limit.value }: Override = {},
): ToldStory<Given> {
  const seconds = (time: StoryTime) => storySeconds(time, inSeconds(lasting));
  const sinceStart = (time: StoryTime) => seconds(story.onset ?? "0s") + seconds(time);
  const steady = (one: Given): Given => ({
    ...one,
    parts: one.parts.map((part) => ({ ...part, for: `${seconds(part.for)}s` })),
  });
  const given = (typeof story.given === "function" ? story.given(limit) : story.given).map(steady);
  const length = Math.max(0, ...given.map(({ parts }) => parts.reduce((sum, part) => sum + seconds(part.for), 0)));
  if (story.outcome === "silent") return { given, length };
  const { after, by, resolves } = story;
  return {
    given,
    length,
    firing: {
      after: sinceStart(after),
      by: sinceStart(by),
      ...(resolves && { resolves: { after: sinceStart(resolves.after), by: sinceStart(resolves.by) } }),
    },
  };
}
