import { type Evidence, readEvidence } from "../../kit/metrics/read-evidence";
import type { Environment } from "../../settings/environment";
import { jobsOf, subjectsOf } from "../../subjects/listings";
import { plainVersion } from "../../subjects/program-versions";
import type { ClusterEvidence } from "../../subjects/subject";
import type { Kubectl } from "../cluster/kubectl";
import type { Capture, Captured } from "./capture";
import { provocations } from "./provoked-events";
import { nodeOf, podOf } from "./proxy-targets";
import { isVersion, labelIn, versionIn } from "./scraped-version";

/** Captures of every program of an environment that runs in its cluster, by source. */
export function clusterCaptures(
  environment: Environment,
  kubectl: Kubectl,
): Readonly<Record<string, () => Promise<Capture>>> {
  const scraped = new Set(jobsOf(environment).map(({ name }) => name));
  const captures = subjectsOf(environment)
    .flatMap(({ evidence = [] }) => evidence)
    .flatMap(({ source, version, inCluster }) =>
      inCluster && scraped.has(source) ? [{ source, version: version(environment), inCluster }] : [],
    )
    .map(({ inCluster, ...captured }) => [captured.source, () => capture(captured, inCluster, environment, kubectl)]);
  return Object.fromEntries(captures);
}

async function capture(
  captured: Captured,
  evidence: ClusterEvidence,
  environment: Environment,
  kubectl: Kubectl,
): Promise<Capture> {
  const provocation = provocations[captured.source];
  try {
    await provocation?.provoke(kubectl);
    return await scrape(captured, evidence, environment, kubectl);
  } finally {
    await provocation?.cleanUp?.(kubectl);
  }
}

async function scrape(
  { source, version: pin }: Captured,
  { pods, path = "/metrics", behind }: ClusterEvidence,
  environment: Environment,
  kubectl: Kubectl,
): Promise<Capture> {
  const node = await nodeOf(kubectl);
  const running = pods ? await podOf(pods, kubectl) : node;
  const raw = `${running.path}${path}`;
  const text = await kubectl.run(["get", "--raw", raw]);
  const evidence = readEvidence(text);
  const version = plainVersion(versionIn(evidence) ?? running.version);
  return {
    source,
    version,
    // The evidence states that the scraped version differs from the pinned one.
    ...(!isVersion(version, pin) && { standIn: `${source} ${version} for ${pin}` }),
    command: `kubectl get --raw '${raw}'`,
    behind: `${insertLabels(behind, evidence)} (${environment.name}, Kubernetes ${node.version})`,
    text,
  };
}

/** Replaces `{metric:label}` with the label's value in the scrape. */
function insertLabels(behind: string, evidence: Evidence): string {
  return behind.replace(
    /\{(\w+):(\w+)\}/g,
    (_, metric: string, label: string) => labelIn(evidence, metric, label) ?? "",
  );
}
