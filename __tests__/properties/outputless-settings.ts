import { signals } from "../../signals";
import { stacksOf } from "./deployed-output";
import { recordReads } from "./record-reads";
import { settingName } from "./settings-in";
import { bases } from "./valid-environments";

const sizes = "decides which sizes `size` computes, and which notices synth prints";

/** Settings that reach no output of a synth, with their use. A setting that is not listed must reach an output. */
export const outputless: Readonly<Record<string, string>> = {
  "alertmanager.heartbeat.grace": "must fit the interval of the heartbeat. The external service has the same setting",
  "cluster.ingress.keepAliveSeconds": "must be shorter than the keep-alive time in the command of the API",
  "cluster.metricsApi": "allows autoscaling. `deploy` checks that the cluster has the API",
  "erp.postgresql.connections": "limits the pools and the numbers of pods",
  "scale.logLinesPerSecond": sizes,
  "scale.nodes": sizes,
  "scale.pods": sizes,
  "scale.routes": sizes,
};

/** The settings that are not read in any fixture environment while its stacks and its signals are made. */
export function unreadSettings(): readonly string[] {
  const read = new Set<string>();
  const given = new Set<string>();
  for (const { environment, settings } of bases) {
    const { recorded, reads } = recordReads(environment);
    stacksOf(recorded, signals(recorded));
    for (const { path } of settings.filter(({ value }) => value !== undefined && typeof value !== "object")) {
      given.add(settingName(path));
      if (reads.has(JSON.stringify(path))) read.add(settingName(path));
    }
  }
  return [...given].filter((name) => !read.has(name)).sort();
}
