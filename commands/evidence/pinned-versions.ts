import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Evidence, readEvidence } from "../../kit/metrics/read-evidence";
import type { Environment } from "../../settings/environment";
import { subjects } from "../../subjects/subjects";
import { profileVersions } from "./capture-http-profiles";
import { isVersion } from "./scraped-version";

export const evidenceFolder = join("metrics", "evidence");

/** The version of each program whose metrics are captured, as it is pinned, by source. */
export function pinnedVersions(environment: Environment): Readonly<Record<string, string>> {
  const deployed = subjects
    .flatMap(({ evidence = [] }) => evidence)
    .map(({ source, version }) => [source, version(environment)] as const);
  return { ...Object.fromEntries(deployed), ...profileVersions() };
}

/** All evidence files. */
export function readAllEvidence(): readonly Evidence[] {
  const files = readdirSync(evidenceFolder).filter((file) => file.endsWith(".prom"));
  return files.map((file) => readEvidence(readFileSync(join(evidenceFolder, file), "utf8")));
}

/** Header of a file whose program could not be captured in the pinned version yet. */
export function standInFor({ source, version }: Pick<Evidence, "source" | "version">, pin: string): string {
  return `${source} ${version} for ${pin}`;
}

/**
 * Whether a file comes from the pinned version, comes from another one until the next run on a cluster, as its header
 * states, or is outdated. Only files of programs that CI cannot start may wait for a cluster.
 */
export function stateOf(
  { source, version, standIn }: Pick<Evidence, "source" | "version" | "standIn">,
  pin: string | undefined,
  startsInCi: (source: string) => boolean,
): "current" | "waits for a cluster" | "outdated" {
  if (pin === undefined) return "outdated";
  if (isVersion(version, pin)) return standIn === undefined ? "current" : "outdated";
  return standIn === standInFor({ source, version }, pin) && !startsInCi(source) ? "waits for a cluster" : "outdated";
}
