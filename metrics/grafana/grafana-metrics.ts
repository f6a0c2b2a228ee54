import { targetUp } from "../../kit/metrics/target-metrics";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const grafanaJob = podJob("grafana", "grafana", "grafana", pods.grafana);

/** Only whether Grafana is up. Its own metrics have not been captured yet, so that they are not in the catalogue. */
export const grafana = { up: targetUp(grafanaJob) };
