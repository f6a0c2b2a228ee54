import { inSeconds } from "../../queries/duration";
import { expandStory } from "./expanded-story";
import { lastFor, partsBetween } from "./parts";
import type { Samples } from "./samples";
import type { Fires, Scenario } from "./scenario";
import type { StoryEnvironment } from "./story-environment";

/** The series of an alert's scenarios while the system is healthy, and while it is not. */
export interface CalmAndTrouble {
  /** The series before the trouble of the scenario, or of another scenario with a time before its trouble. */
  readonly calm: readonly Samples[];
  /** The series from the onset of the trouble on. */
  readonly troubled: readonly Samples[];
}

export function calmAndTrouble(story: Scenario, { alert }: StoryEnvironment, length: number): CalmAndTrouble {
  const stories = Object.values(alert.scenarios);
  const firing = stories.filter((one): one is Fires => one.outcome === "fires");
  const between = (one: Scenario, from: number, to: number) =>
    expandStory(one, alert).given.flatMap((samples) => {
      const parts = partsBetween(samples.parts, from, to);
      return parts.some(({ value }) => value) ? [lastFor({ ...samples, parts }, length)] : [];
    });
  const before = (one: Scenario) => between(one, 0, inSeconds(one.onset ?? "0s"));
  const after = (one: Scenario) => between(one, inSeconds(one.onset ?? "0s"), Number.POSITIVE_INFINITY);
  const quiet = stories.filter(({ outcome, shows }) => outcome === "silent" && shows === undefined);
  const hasOnset = (one: Scenario) => one.onset !== undefined;
  // A scenario with low traffic has low traffic before the trouble too.
  const example = [...(story.shows === "low traffic" ? [] : [story]), ...firing].find(hasOnset);
  return {
    calm: example ? before(example) : (quiet.map(after).find((series) => series.length > 0) ?? []),
    // A scenario that resolves contains the trouble; in others, series may be missing.
    troubled: firing
      .toSorted((one, other) => Number(other.resolves !== undefined) - Number(one.resolves !== undefined))
      .map(after)
      .reduce(addOtherMetrics, []),
  };
}

/** The series, and those of a scenario with other metrics: an alert may fire for different things. */
function addOtherMetrics(series: readonly Samples[], other: readonly Samples[]): readonly Samples[] {
  const known = new Set(series.map(({ metric }) => metric.name));
  return other.some(({ metric }) => known.has(metric.name)) ? series : [...series, ...other];
}
