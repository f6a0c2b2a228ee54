import type { Alert } from "../../kit/alerts/alert";
import { recordingsReadBy } from "../../kit/alerts/recordings-read";
import { type Rule, ruleGroups } from "../../kit/alerts/rule-group";
import { watchedSeconds } from "../../kit/alerts/stories/promtool-tests";
import { inputSeries, type Samples } from "../../kit/alerts/stories/samples";
import { seriesOf } from "../../kit/alerts/stories/series-of";
import { evaluationSeconds, type Recording } from "../../kit/metrics/recording";
import { nearest } from "../../kit/queries/nearest";
import type { Environment } from "../../settings/environment";
import { type Contributions, contributions } from "../../subjects/listings";
import { CommandError } from "../command";

/** A story of an alert, with the period in which Prometheus has its samples. */
export interface TimedStory {
  /** `<alert>: <title of the story>` */
  readonly name: string;
  readonly alert: Alert;
  /** When the story begins, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** When the alert fires at the latest, and until when at least, in milliseconds since 1970. @default it stays silent */
  readonly firing?: { readonly from: number; readonly to: number };
  /** What `tools/prometheus/recording-blocks` plays. */
  readonly played: PlayedStory;
}

/** A story in the form that `tools/prometheus/recording-blocks` reads. */
export interface PlayedStory {
  readonly load: string;
  readonly rules: object;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Milliseconds between two stories: longer than the range of any query, so that a story does not read another one. */
const distance = 31 * 86_400_000;

/** When the first story begins: long before every recording. */
const first = Date.UTC(1971, 0, 1);

/** Names of all stories of the alerts on metrics: `<alert>: <title>`. */
export function storyNames(environment: Environment): readonly string[] {
  return contributions(environment).alerts.flatMap((alert) =>
    Object.keys(alert.scenarios).map((title) => storyName(alert, title)),
  );
}

/** Several alerts can have one name, but each has a title of its own. */
export function storyName(alert: Alert, story: string): string {
  return `${alert.title}: ${story}`;
}

/**
 * The named stories, each in a period of its own, one after another.
 * @throws {CommandError} when the environment has no story of a name.
 */
export function timedStories(environment: Environment, names: readonly string[]): readonly TimedStory[] {
  const contributed = contributions(environment);
  let from = first;
  return names.map((name) => {
    const story = timedStory(name, environment, contributed, from);
    from = story.to + distance;
    return story;
  });
}

function timedStory(
  name: string,
  environment: Environment,
  { alerts, catalogue }: Contributions,
  from: number,
): TimedStory {
  const alert = alerts.find((one) => Object.keys(one.scenarios).some((title) => storyName(one, title) === name));
  const scenario = alert?.scenarios[name.slice(storyName(alert, "").length)];
  if (!alert || !scenario) throw new CommandError(unknownStory(environment, alerts, name));
  const recordings = recordingsReadBy(alert, catalogue.recordings);
  const series = seriesOf(scenario, { alert, vocabulary: catalogue.vocabulary, recordings });
  const step = scenario.stepSeconds ?? evaluationSeconds;
  const at = (seconds: number) => from + seconds * 1000;
  const to = at(series.length || watchedSeconds);
  return {
    name,
    alert,
    from,
    to,
    ...(series.firing && {
      firing: { from: at(series.firing.by), to: at(series.firing.resolves?.after ?? series.length) },
    }),
    played: {
      load: loadCommand(series.given, from, step),
      rules: { groups: [{ name: alert.group, rules: rulesOf(alert, recordings, environment) }] },
      start: from,
      end: to,
      step,
    },
  };
}

/** The alert's rule after those that record what it reads: all are evaluated at each step, in this order. */
function rulesOf(alert: Alert, recordings: readonly Recording[], environment: Environment): readonly Rule[] {
  const { name, runbookBaseUrl } = environment;
  const rules = ruleGroups([alert], recordings, { environment: name, runbookBaseUrl }).flatMap((group) => group.rules);
  return [...rules.filter((rule) => "record" in rule), ...rules.filter((rule) => "alert" in rule)];
}

function loadCommand(given: readonly Samples[], from: number, step: number): string {
  const lines = given.map((samples) => {
    const { series, values } = inputSeries(withTime(samples, from / 1000), step);
    return `  ${series} ${values}`;
  });
  return [`load ${step}s`, ...lines].join("\n");
}

/** In stories, points in time are seconds since the start of the story. */
function withTime(samples: Samples, start: number): Samples {
  const { metric, parts } = samples;
  if (!("unit" in metric) || metric.unit !== "time") return samples;
  const shifted = parts.map((part, index) =>
    part.value && (index === 0 || part.value.from !== undefined)
      ? { ...part, value: { ...part.value, from: start + (part.value.from ?? 0) } }
      : part,
  );
  return { ...samples, parts: shifted };
}

function unknownStory({ name: environment }: Environment, alerts: readonly Alert[], given: string): string {
  const [title = ""] = given.split(":");
  const named = alerts.find((one) => one.title === title);
  if (!named) {
    const close = nearest(
      title,
      alerts.map((one) => one.title),
    );
    return `${environment} has no alert ${title}${close === undefined ? "" : `; did you mean ${close}?`}`;
  }
  const stories = Object.keys(named.scenarios).map((story) => `  ${storyName(named, story)}`);
  return `${title} has no such story. Its stories are:\n${stories.join("\n")}`;
}
