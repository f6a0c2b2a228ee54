import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const promtailJob = podJob("promtail", "http-metrics", "promtail", pods.promtail);

/** Alloy has no catalogue: only its logs and whether it is up are known. */
export const alloyJob = podJob("alloy", "http-metrics", "alloy", pods.alloy);
