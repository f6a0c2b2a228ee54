import { seconds } from "../../kit/alerts/limit";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { up } = prometheus;

/**
 * Age of the newest sample that Prometheus stored about any target. With a full disk, Prometheus still evaluates rules
 * and sends alerts but stores no samples. After five minutes there is no current sample at all; the age is then 300
 * seconds. All jobs count, because Prometheus still stores samples if only its own monitor is missing.
 */
export const age = promql`time() - max(timestamp(${up})) or 300 * max(absent(${up}))`;

/** Four scrapes. */
export const limit = seconds(120);
