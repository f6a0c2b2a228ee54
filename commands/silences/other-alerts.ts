import { type LoadedGroup, loadedGroups } from "../verify/loaded-rules";
import type { Server } from "../verify/server";
import { type KnownAlert, loadedAlerts } from "./known-alerts";
import type { AlertServers } from "./reach-alertmanager";

/**
 * The alerts that the servers have loaded and that the configuration does not contain, such as those of other charts. A
 * server that does not answer, because the work stops it, has none.
 */
export async function otherAlerts(
  { prometheus, loki }: Pick<AlertServers, "prometheus" | "loki">,
  configured: readonly KnownAlert[],
): Promise<readonly KnownAlert[]> {
  const [metric, log] = await Promise.all([
    groupsOf(prometheus, "/api/v1/rules"),
    groupsOf(loki, "/prometheus/api/v1/rules"),
  ]);
  return [...loadedAlerts(metric, "promql", configured), ...loadedAlerts(log, "logql", configured)];
}

async function groupsOf(server: Server, path: string): Promise<readonly LoadedGroup[]> {
  try {
    return await loadedGroups(server, path);
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}: its alerts are known from the configuration only.`,
    );
    return [];
  }
}
