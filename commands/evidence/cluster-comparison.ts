import { evidenceContradictions, prometheusMetric } from "../../kit/metrics/check-evidence";
import { readEvidence } from "../../kit/metrics/read-evidence";
import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import type { Capture } from "./capture";
import { captureCommand, type OutdatedEvidence } from "./outdated-evidence";

/**
 * Compares the programs that run in a cluster with the catalogue, where the evidence comes from another version.
 *
 * @param captures scrapes of the running programs, by source
 * @returns a text for each file: also if nothing contradicts the catalogue, because the file must be captured again
 */
export async function compareWaiting(
  environment: Environment,
  waiting: readonly OutdatedEvidence[],
  captures: Readonly<Record<string, () => Promise<Pick<Capture, "version" | "text">>>>,
): Promise<readonly string[]> {
  const { metrics } = contributions(environment).catalogue;
  const texts: string[] = [];
  for (const { source, version, pin } of waiting) {
    const running = await captures[source]?.();
    const command = captureCommand(environment.name, source);
    const start = `the evidence of ${source} comes from ${version}, and ${pin} is pinned`;
    if (running === undefined) {
      texts.push(`${start}. It does not run in this cluster: ${command}`);
      continue;
    }
    const declared = metrics.filter(({ job, name }) => job.name === source && !prometheusMetric.test(name));
    const found = evidenceContradictions(declared, readEvidence(running.text), command);
    const result = found.length > 0 ? `contradicts the catalogue: ${found.join("; ")}` : "agrees with the catalogue";
    texts.push(`${start}. The running ${running.version} ${result}. Then ${command}`);
  }
  return texts;
}
