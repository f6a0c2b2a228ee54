import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../../faults";
import type { Evidence } from "../../kit/metrics/read-evidence";
import type { Environment } from "../../settings/environment";
import { startsInCi } from "./machine-captures";
import { evidenceFolder, pinnedVersions, readAllEvidence, standInFor, stateOf } from "./pinned-versions";
import { isVersion } from "./scraped-version";

/** A file that does not come from the pinned version of its program. */
export interface OutdatedEvidence extends Pick<Evidence, "source" | "version" | "standIn"> {
  readonly pin: string;
}

/** The files that do not come from the pinned version, also those whose header states that they wait for a cluster. */
export function outdatedEvidence(environment: Environment): readonly OutdatedEvidence[] {
  const pins = pinnedVersions(environment);
  return readAllEvidence().flatMap(({ source, version, standIn }) => {
    const pin = pins[source];
    const file = { source, version, ...(standIn && { standIn }) };
    return pin === undefined || stateOf(file, pin, startsInCi) === "current" ? [] : [{ ...file, pin }];
  });
}

/** A fault for each file, with the command that captures it. */
export function outdatedFaults(environment: Environment, outdated: readonly OutdatedEvidence[]): readonly Fault[] {
  return outdated.map(({ source, version, pin }) => ({
    place: `${evidenceFolder}/${source}.prom`,
    value: version,
    rule: `must come from the deployed version, which is ${pin}`,
    remedy: captureCommand(environment.name, source),
  }));
}

/** The command that captures a source, and what it needs. */
export function captureCommand(environment: string, source: string): string {
  const needs = startsInCi(source) ? "on any machine" : "on a cluster, or with the program on this machine";
  return `capture it again, ${needs}: npm run evidence -- ${environment} --only ${source}`;
}

/**
 * States in the header of a file that it comes from another version until the next run on a cluster. If the file comes
 * from the pinned version again, because a change was reverted, removes the statement.
 */
export function markWaiting({ source, version, pin }: OutdatedEvidence, folder = evidenceFolder): void {
  const path = join(folder, `${source}.prom`);
  const header = `# evidence: source=${source} version=${version}`;
  const standIn = ` stand-in=${standInFor({ source, version }, pin)}`;
  const marked = isVersion(version, pin) ? header : header + standIn;
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(/^# evidence: .*$/m, () => marked),
  );
}
