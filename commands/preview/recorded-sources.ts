import { alertPanels } from "../../kit/dashboards/alert-panels";
import type { Model } from "../../kit/dashboards/dashboard";
import type { ToldPanel } from "../../preview/src/session";
import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import { CommandError } from "../command";
import { readRecording, recordingFiles } from "./recordings";
import { whileReplaying } from "./replay";
import type { Sources } from "./sources";
import { toldPanels } from "./told-panels";
import { storyName, type ToldStory, toldStories } from "./told-story";

/** Does something while a real Prometheus and a real Loki answer from the recording, and from stories for what it lacks. */
export function whileAskingRecording<T>(
  environment: Environment,
  models: readonly Model[],
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const told = toldPanels(models, contributions(environment).alerts, recordedMetrics());
  const names = [...new Set(told.map(({ alert, story }) => storyName(alert, story)))];
  const stories = new Map(toldStories(environment, names).map((story) => [story.name, story]));
  const panels = told.flatMap(({ dashboard, panel, alert, story }) => {
    const found = stories.get(storyName(alert, story));
    return found ? [{ dashboard, panel, ...timesOf(found) }] : [];
  });
  return whileReplaying({ stories: [...stories.values()] }, ({ prometheus, loki, slices }) =>
    work({ prometheus: { url: prometheus }, loki: { url: loki }, slices, stories: panels }),
  );
}

/**
 * Does something while Prometheus has the samples of one story, for the panels that show its alert.
 * @throws {CommandError} when there is no such story, or no panel shows its alert
 */
export function whileAskingStory<T>(
  environment: Environment,
  models: readonly Model[],
  name: string,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const stories = toldStories(environment, [name]);
  const { alerts } = contributions(environment);
  const alert = alerts.find((one) => Object.keys(one.scenarios).some((title) => storyName(one, title) === name));
  const shown = alert && alertPanels([alert], models).get(alert.expression.text);
  if (!shown) throw new CommandError(`No dashboard of ${environment.name} shows what the alert of "${name}" measures.`);
  const panels = stories.map((story) => ({ dashboard: shown.uid, panel: shown.panel, ...timesOf(story) }));
  return whileReplaying({ files: [], stories }, ({ prometheus }) =>
    work({ prometheus: { url: prometheus }, slices: [], stories: panels }),
  );
}

function timesOf({ name, from, to, firing }: ToldStory): Omit<ToldPanel, "dashboard" | "panel"> {
  return { story: name, from, to, ...(firing && { firing }) };
}

function recordedMetrics(): ReadonlySet<string> {
  const series = recordingFiles().flatMap((file) => readRecording(file).series);
  return new Set(series.flatMap(({ labels }) => labels.__name__ ?? []));
}
