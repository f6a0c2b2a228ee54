import { targetUp } from "../../kit/metrics/target-metrics";
import { jobs } from "../jobs";

/** Only whether it is there: what it says of itself could not be captured yet, and would be a guess. */
export const grafana = { up: targetUp(jobs.grafana) };
