import { alertPanels } from "../../kit/dashboards/alert-panels";
import type { Model } from "../../kit/dashboards/dashboard";
import type { StoryPanel } from "../../preview/src/session";
import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import { CommandError } from "../command";
import { chooseStories } from "./choose-stories";
import type { Recording } from "./recording";
import { readRecording, recordingFiles } from "./recordings";
import { whileReplaying } from "./replay";
import type { Sources } from "./sources";
import { storyName, type TimedStory, timedStories } from "./timed-stories";

/** Runs a function while a real Prometheus and a real Loki contain the recording, and stories for panels that it cannot fill. */
export function whileQueryingRecording<T>(
  environment: Environment,
  models: readonly Model[],
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const files = recordingFiles();
  const recordings = files.map(readRecording);
  const chosen = chooseStories(models, contributions(environment).alerts, metricNamesOf(recordings));
  const names = [...new Set(chosen.map(({ alert, story }) => storyName(alert, story)))];
  const stories = new Map(timedStories(environment, names).map((story) => [story.name, story]));
  const panels = chosen.flatMap(({ dashboard, panel, alert, story }) => {
    const found = stories.get(storyName(alert, story));
    return found ? [{ dashboard, panel, ...storyTimes(found) }] : [];
  });
  return whileReplaying({ files, recordings, stories: [...stories.values()] }, ({ prometheus, loki, slices }) =>
    work({ prometheus: { url: prometheus }, loki: { url: loki }, slices, stories: panels }),
  );
}

/**
 * Runs a function while Prometheus contains the samples of one story, for the panels that show its alert.
 * @throws {CommandError} when there is no such story, or no panel shows its alert
 */
export function whileQueryingStory<T>(
  environment: Environment,
  models: readonly Model[],
  name: string,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const stories = timedStories(environment, [name]);
  const panels = stories.flatMap((story) => {
    const shown = alertPanels([story.alert], models).get(story.alert.expression.text);
    return shown ? [{ dashboard: shown.uid, panel: shown.panel, ...storyTimes(story) }] : [];
  });
  if (panels.length === 0) {
    throw new CommandError(
      `No dashboard of ${environment.name} shows the measure of the alert in the story "${name}".`,
    );
  }
  return whileReplaying({ files: [], stories }, ({ prometheus }) =>
    work({ prometheus: { url: prometheus }, slices: [], stories: panels }),
  );
}

function storyTimes({ name, from, to, firing }: TimedStory): Omit<StoryPanel, "dashboard" | "panel"> {
  return { story: name, from, to, ...(firing && { firing }) };
}

function metricNamesOf(recordings: readonly Recording[]): ReadonlySet<string> {
  return new Set(recordings.flatMap(({ series }) => series.flatMap(({ labels }) => labels.__name__ ?? [])));
}
