import type { Metric } from "../../kit/metrics/metric";
import type { Environment } from "../../settings/environment";
import { alloy } from "./alloy-metrics";
import { promtail } from "./promtail-metrics";

/** What every log agent counts, under names of its own. */
export type LogAgentMetrics = Readonly<Record<"sentEntries" | "droppedEntries" | "overRate" | "batches", Metric>>;

/** The metrics of the agent that an environment runs. */
export function logAgentMetrics({ logAgent }: Pick<Environment, "logAgent">): LogAgentMetrics {
  return logAgent.kind === "promtail" ? promtail : alloy;
}
