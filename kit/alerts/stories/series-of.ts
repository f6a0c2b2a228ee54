import { type Neighbour, neighbours, strangers } from "./bystanders";
import { calmAndTrouble } from "./calm-and-trouble";
import { type ExpandedStory, expandStory } from "./expanded-story";
import { lastFor } from "./parts";
import type { Samples } from "./samples";
import type { Scenario } from "./scenario";
import { distinctSamples } from "./series-labels";
import { readingOf, type StoryEnvironment } from "./story-environment";
import { twins } from "./twins";

/** A scenario of an alert on metrics, with all its series. */
export interface StorySeries extends ExpandedStory<Samples> {
  /** Series for which the alert must not fire. */
  readonly neighbours: readonly Neighbour[];
}

/**
 * The series of a scenario, each as long as the longest: the given series, a twin of each series that the alert
 * aggregates or compares, and bystanders that must have no effect. The scenario passes only if the alert reads the
 * right series and combines them correctly.
 */
export function seriesOf(story: Scenario, environment: StoryEnvironment): StorySeries {
  const told = expandStory(story, environment.alert);
  const given = told.given.map((samples) => lastFor(samples, told.length));
  if (story.alone !== undefined) return { ...told, given, neighbours: [] };
  const reading = readingOf(environment);
  const { vocabulary } = environment;
  const { calm, troubled } = calmAndTrouble(story, environment, told.length);
  const opposite = story.outcome === "fires" ? calm : troubled;
  const alike = story.outcome === "fires" || story.shows === "low traffic" ? calm : given;
  const others = story.shows === "absence" ? [] : neighbours(alike, given, environment, reading);
  const series = [
    ...twins(given, story.outcome === "fires" && story.onset !== undefined ? calm : [], reading, environment),
    ...others.flatMap(({ series }) => series),
    ...strangers(opposite, reading, vocabulary),
  ];
  return { ...told, given: distinctSamples(series), neighbours: others };
}
