import { targetUp } from "../../kit/metrics/target-metrics";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const grafanaJob = podJob("grafana", "grafana", "grafana", pods.grafana);

/** Only whether it is there: what it says of itself could not be captured yet, and would be a guess. */
export const grafana = { up: targetUp(grafanaJob) };
