import { Construct } from "constructs";
import { Alloy } from "../constructs/alloy";
import { Promtail } from "../constructs/promtail";
import { alloyRules, alloyStages } from "../logs/alloy-stages";
import { backOff } from "../logs/delivery";
import { addresses, namespaces, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { chartSource } from "../settings/mirrors";
import { podDefaults } from "../settings/pod-defaults";
import { charts } from "../settings/versions";
import type { Signals } from "../signals";

export interface LogAgentProps {
  readonly environment: Environment;
  readonly logs: Signals["logs"];
}

/** The log agent of the environment. Both agents have the same files, labels and stages. */
export class LogAgent extends Construct {
  constructor(scope: Construct, id: string, { environment, logs }: LogAgentProps) {
    super(scope, id);
    const { mirrors, logAgent } = environment;
    const { kind, resources } = logAgent;
    const shared = {
      namespace: namespaces.nodeAgents,
      source: chartSource(charts[kind], mirrors),
      imageRegistry: mirrors.images,
      ...podDefaults(environment, "agents"),
      lokiUrl: url(addresses.loki),
      backOff,
      resources,
    };
    const { targets, pipeline } = logs;
    if (kind === "alloy") {
      new Alloy(this, "Alloy", { ...shared, rules: alloyRules(targets), stages: alloyStages(pipeline) });
    } else {
      new Promtail(this, "Promtail", { ...shared, relabelings: targets, pipelineStages: pipeline });
    }
  }
}
