import { signals } from "../../signals";
import { stacksOf } from "./deployed-output";
import { recordReads } from "./record-reads";
import { settingName } from "./settings-in";
import { bases } from "./valid-environments";

const checkedOnly = "is checked, and reaches an output when the stacks deploy the programs of traces";
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
  "tracing.ca.key": checkedOnly,
  "tracing.ca.name": checkedOnly,
  "tracing.endpoint": checkedOnly,
  "tracing.headers.Authorization.key": checkedOnly,
  "tracing.headers.Authorization.name": checkedOnly,
  'tracing.headers["X-Scope-OrgID"].key': checkedOnly,
  'tracing.headers["X-Scope-OrgID"].name': checkedOnly,
  "tracing.query.type": checkedOnly,
  "tracing.query.url": checkedOnly,
  "tracing.replicas": checkedOnly,
  "tracing.resources.collector.limits.cpu": checkedOnly,
  "tracing.resources.collector.limits.memory": checkedOnly,
  "tracing.resources.collector.requests.cpu": checkedOnly,
  "tracing.resources.collector.requests.memory": checkedOnly,
  "tracing.resources.store.limits.memory": checkedOnly,
  "tracing.resources.store.requests.cpu": checkedOnly,
  "tracing.resources.store.requests.memory": checkedOnly,
  "tracing.sampling.ratio": checkedOnly,
  "tracing.sampling.slowerThan": checkedOnly,
  "tracing.storage.basicAuth.password.key": checkedOnly,
  "tracing.storage.basicAuth.password.name": checkedOnly,
  "tracing.storage.basicAuth.username.key": checkedOnly,
  "tracing.storage.basicAuth.username.name": checkedOnly,
  "tracing.storage.ca.key": checkedOnly,
  "tracing.storage.ca.name": checkedOnly,
  "tracing.storage.indexPrefix": checkedOnly,
  "tracing.storage.maxSpans": checkedOnly,
  "tracing.storage.retention": checkedOnly,
  "tracing.storage.size": checkedOnly,
  "tracing.storage.type": checkedOnly,
  "tracing.storage.url": checkedOnly,
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
