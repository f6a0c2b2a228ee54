import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const promtailJob = podJob("promtail", "http-metrics", "promtail", pods.promtail);

export const alloyJob = podJob("alloy", "http-metrics", "alloy", pods.alloy);
