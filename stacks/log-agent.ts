import type { Construct } from "constructs";
import { addresses, namespaces, url } from "../config/addresses";
import type { Environment } from "../config/environment";
import { chartSource } from "../config/mirrors";
import { charts } from "../config/versions";
import { Alloy } from "../constructs/alloy";
import type { Pods } from "../constructs/ingress-rules";
import { Promtail } from "../constructs/promtail";
import { alloyRules, alloyStages } from "../logs/alloy";
import { jobs } from "../metrics/jobs";
import type { Signals } from "../signals";

type Agent = Pick<Environment, "logAgent">;

/** What both agents are to others: pods with metrics on a port that their chart calls `http-metrics`. */
export const logAgentPorts = { promtail: 3101, alloy: 12345 } as const;

export function logAgentJob({ logAgent }: Agent) {
  return jobs[logAgent.kind];
}

export function logAgentPods({ logAgent }: Agent): Pods {
  return { namespace: namespaces.nodeAgents, labels: { "app.kubernetes.io/name": logAgent.kind } };
}

/** The agent that the environment chose. Both are given the same files, labels and stages. */
export function logAgent(scope: Construct, { mirrors, logAgent }: Environment, signals: Signals): void {
  const { kind, resources } = logAgent;
  const shared = {
    namespace: namespaces.nodeAgents,
    source: chartSource(charts[kind], mirrors),
    imageRegistry: mirrors.images,
    lokiUrl: url(addresses.loki),
    resources,
  };
  const { targets, pipeline } = signals.logs;
  if (kind === "alloy") {
    new Alloy(scope, "Alloy", { ...shared, rules: alloyRules(targets), stages: alloyStages(pipeline) });
  } else {
    new Promtail(scope, "Promtail", { ...shared, relabelings: targets, pipelineStages: pipeline });
  }
}
