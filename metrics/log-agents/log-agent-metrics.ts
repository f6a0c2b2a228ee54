import type { Metric } from "../../kit/metrics/metric";
import type { Environment } from "../../settings/environment";
import { alloy } from "./alloy-metrics";
import { promtail } from "./promtail-metrics";

/** Metrics that every log agent has, under different names. */
export type LogAgentMetrics = Readonly<
  Record<
    | "sentEntries"
    | "droppedEntries"
    | "begunBytes"
    | "sentBytes"
    | "droppedBytes"
    | "fileBytes"
    | "readBytes"
    | "overRate"
    | "batches",
    Metric
  >
>;

/** Metrics of the log agent of an environment. */
export function logAgentMetrics({ logAgent }: Pick<Environment, "logAgent">): LogAgentMetrics {
  return logAgent.kind === "promtail" ? promtail : alloy;
}
