import type { Model } from "../../kit/dashboards/dashboard";
import type { PageDashboard } from "../../preview/src/session";
import type { Environment } from "../../settings/environment";
import { CommandError, type Given } from "../command";
import { addressedSources, whileQueryingCluster } from "./live-sources";
import { whileQueryingRecording, whileQueryingStory } from "./recorded-sources";
import type { Sources } from "./sources";

/**
 * Runs a function while the data source of the options is available, by default the recording.
 * @throws {CommandError} when more than one source is named
 */
export function whileQuerying(
  given: Given,
  environment: Environment,
  dashboards: readonly PageDashboard[],
  work: (sources: Sources) => Promise<void>,
): Promise<void> {
  const { live, context, prometheus, loki, story, "token-file": tokenFile } = given;
  const text = (value: Given[string]) => (typeof value === "string" ? value : undefined);
  if ([live, prometheus, story].filter(Boolean).length > 1) {
    throw new CommandError("Use only one of --live, --prometheus and --story.");
  }
  if (text(prometheus) === undefined && (loki ?? tokenFile) !== undefined) {
    throw new CommandError("--loki and --token-file need --prometheus.");
  }
  if (context && !live) throw new CommandError("--context needs --live.");
  const models = dashboards.map(({ model }) => model as Model);
  if (live) return whileQueryingCluster(text(context) ?? environment.cluster.context, work);
  if (typeof prometheus === "string") {
    return work(addressedSources({ prometheus, loki: text(loki), tokenFile: text(tokenFile) }));
  }
  if (typeof story === "string") return whileQueryingStory(environment, models, story, work);
  return whileQueryingRecording(environment, models, work);
}
