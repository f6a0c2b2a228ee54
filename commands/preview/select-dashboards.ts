import type { PageDashboard } from "../../preview/src/session";
import { CommandError } from "../command";
import { foreignDashboard } from "./foreign-dashboard";
import type { DashboardReader } from "./own-dashboards";

/**
 * Selects the named dashboards: those of this project by uid, others by their file. Without names, it selects all dashboards
 * of this project.
 * @throws {CommandError} with the faults of the sources, or when a name is of no dashboard
 */
export async function selectDashboards(
  environment: string,
  named: readonly string[],
  reader: DashboardReader,
): Promise<readonly PageDashboard[]> {
  const foreign = foreignFiles(named).map(foreignDashboard);
  const uids = named.filter((name) => !isFile(name));
  if (foreign.length > 0 && uids.length === 0) return foreign;
  const ours = await reader.read();
  const unknown = uids.filter((uid) => !ours.some((one) => one.uid === uid));
  if (unknown.length > 0) {
    const known = ours.map(({ uid, title }) => `  ${uid}  ${title}`);
    throw new CommandError(`${environment} has no dashboard ${unknown.join(", ")}. It has:\n${known.join("\n")}`);
  }
  return [...(uids.length > 0 ? ours.filter(({ uid }) => uids.includes(uid)) : ours), ...foreign];
}

/** The names that are files. */
export function foreignFiles(named: readonly string[]): readonly string[] {
  return named.filter(isFile);
}

function isFile(name: string): boolean {
  return name.endsWith(".json");
}
