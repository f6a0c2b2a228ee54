import { inSeconds } from "../../queries/duration";
import { expandStory, type Override } from "./expanded-story";
import { lastFor, partsBetween } from "./parts";
import type { Samples } from "./samples";
import type { Fires, Scenario } from "./scenario";
import type { StoryEnvironment } from "./story-environment";

/** What an alert's own stories say about how its series look when nothing is wrong, and when something is. */
export interface CalmAndTrouble {
  /** Before the trouble of the story, or of another one that has a time before its trouble. */
  readonly calm: readonly Samples[];
  /** From the onset of the trouble on. */
  readonly troubled: readonly Samples[];
}

export function calmAndTrouble(
  story: Scenario,
  { alert }: StoryEnvironment,
  override: Override,
  length: number,
): CalmAndTrouble {
  const stories = Object.values(alert.scenarios);
  const firing = stories.filter((one): one is Fires => one.outcome === "fires");
  const between = (one: Scenario, from: number, to: number) =>
    expandStory(one, alert, override).given.flatMap((samples) => {
      const parts = partsBetween(samples.parts, from, to);
      return parts.some(({ value }) => value) ? [lastFor({ ...samples, parts }, length)] : [];
    });
  const before = (one: Scenario) => between(one, 0, inSeconds(one.onset ?? "0s"));
  const after = (one: Scenario) => between(one, inSeconds(one.onset ?? "0s"), Number.POSITIVE_INFINITY);
  const quiet = stories.filter(({ outcome, shows }) => outcome === "silent" && shows === undefined);
  const hasOnset = (one: Scenario) => one.onset !== undefined;
  // What has low traffic in its own story has it before the trouble too.
  const example = [...(story.shows === "low traffic" ? [] : [story]), ...firing].find(hasOnset);
  return {
    calm: example ? before(example) : (quiet.map(after).find((series) => series.length > 0) ?? []),
    // A story that resolves shows the trouble itself; another one may show series that are gone.
    troubled: firing
      .toSorted((one, other) => Number(other.resolves !== undefined) - Number(one.resolves !== undefined))
      .map(after)
      .reduce(addOtherMetrics, []),
  };
}

/** The series, and those of a story about other metrics: an alert may fire for one thing or for another. */
function addOtherMetrics(series: readonly Samples[], other: readonly Samples[]): readonly Samples[] {
  const known = new Set(series.map(({ metric }) => metric.name));
  return other.some(({ metric }) => known.has(metric.name)) ? series : [...series, ...other];
}
