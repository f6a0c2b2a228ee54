import { jobs } from "./jobs";
import { targetUp } from "./target-up";

/** Only whether it is there: what it says of itself could not be captured yet, and would be a guess. */
export const grafana = { up: targetUp(jobs.grafana) };
