import { type Neighbour, neighbours, strangers } from "./bystanders";
import { distinctSamples } from "./labelled";
import { moods } from "./moods";
import { lasts } from "./parts";
import type { Samples } from "./samples";
import type { Scenario } from "./scenario";
import { readingOf, type StoryEnvironment } from "./story-environment";
import { type Override, type ToldStory, toldStory } from "./told-story";
import { twins } from "./twins";

/** A story of an alert on metrics, with all series that are there while it is told. */
export interface ToldSeries extends ToldStory<Samples> {
  /** Those for which nothing may fire. */
  readonly neighbours: readonly Neighbour[];
}

/**
 * The series of a story, for as long as the longest of them: those that are given, two of each that the alert adds up or
 * compares, and bystanders that must not matter. The story comes true with them only if the alert reads the right series,
 * and combines them rightly.
 */
export function seriesOf(story: Scenario, environment: StoryEnvironment, override: Override = {}): ToldSeries {
  const told = toldStory(story, environment.alert, override);
  const given = told.given.map((samples) => lasts(samples, told.length));
  if (story.alone !== undefined) return { ...told, given, neighbours: [] };
  const reading = readingOf(environment);
  const { vocabulary } = environment;
  const { calm, troubled } = moods(story, environment, override, told.length);
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
