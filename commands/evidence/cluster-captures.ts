import type { Environment } from "../../config/environment";
import { readEvidence } from "../../kit/metrics/evidence";
import { jobs } from "../../metrics/jobs";
import type { Kubectl } from "../cluster/kubectl";
import type { Capture } from "./capture";
import { clusterSources, type Source } from "./cluster-sources";
import { pins } from "./pins";
import { nodeOf, podOf } from "./running";
import { isOf, plain, versionIn } from "./versions";

/** Scrapes of every program of an environment that runs in its cluster, by their sources. */
export function clusterCaptures(
  environment: Environment,
  kubectl: Kubectl,
): Readonly<Record<string, () => Promise<Capture>>> {
  const other = environment.logAgent.kind === "promtail" ? jobs.alloy : jobs.promtail;
  const running = Object.entries(clusterSources).filter(([name]) => name !== other.name);
  const captures = running.map(([name, source]) => [name, () => capture(name, source, environment, kubectl)]);
  return Object.fromEntries(captures);
}

async function capture(name: string, source: Source, environment: Environment, kubectl: Kubectl): Promise<Capture> {
  try {
    await source.first?.(kubectl);
    return await scraped(name, source, environment, kubectl);
  } finally {
    await source.afterwards?.(kubectl);
  }
}

async function scraped(
  name: string,
  { pods, path = "/metrics", behind }: Source,
  environment: Environment,
  kubectl: Kubectl,
): Promise<Capture> {
  const node = await nodeOf(kubectl);
  const running = pods ? await podOf(pods, kubectl) : node;
  const raw = `${running.path}${path}`;
  const text = await kubectl.run(["get", "--raw", raw]);
  const scrape = readEvidence(text);
  const version = plain(versionIn(scrape) ?? running.version);
  const spokenOf = typeof behind === "string" ? behind : behind(scrape);
  return {
    source: name,
    version,
    ...standIn(name, version),
    command: `kubectl get --raw '${raw}'`,
    behind: `${spokenOf} (${environment.name}, Kubernetes ${node.version})`,
    text,
  };
}

/** A program of another version than the pinned one can only stand in for it. */
function standIn(name: string, version: string): Pick<Capture, "standIn"> {
  const pin = pins[name] ?? version;
  return isOf(version, pin) ? {} : { standIn: `${name} ${version} for ${pin}` };
}
