import { inSeconds } from "../../queries/duration";
import type { Deciding } from "../alert";
import type { Scenario } from "./scenario";
import { type StoryTime, storySeconds } from "./story-time";

/** A scenario of one alert, with times in seconds since its start, and with values as numbers. */
export interface ExpandedStory<Given> {
  /** The series or log lines of the scenario. The times of their parts are durations. */
  readonly given: readonly Given[];
  /** Duration of the longest of these, in seconds. */
  readonly length: number;
  /** When the alert fires. @default it stays silent */
  readonly firing?: {
    /** The alert does not fire before this second. */
    readonly after: number;
    /** The alert fires at this second. */
    readonly by: number;
    /** The alert still fires at `after`, and no longer at `by`. @default the scenario does not check when the alert resolves */
    readonly resolves?: { readonly after: number; readonly by: number };
  };
}

interface Timed {
  readonly parts: readonly { readonly for: StoryTime }[];
}

/** Resolves times that are relative to the alert's `for`, and values that are relative to its limit. */
export function expandStory<Given extends Timed>(
  story: Scenario<Given>,
  { for: lasting = "0s", limit }: Deciding,
): ExpandedStory<Given> {
  const seconds = (time: StoryTime) => storySeconds(time, inSeconds(lasting));
  const sinceStart = (time: StoryTime) => seconds(story.onset ?? "0s") + seconds(time);
  const withDurations = (one: Given): Given => ({
    ...one,
    parts: one.parts.map((part) => ({ ...part, for: `${seconds(part.for)}s` })),
  });
  const given = (typeof story.given === "function" ? story.given(limit.value) : story.given).map(withDurations);
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
