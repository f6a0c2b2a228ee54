import { seconds } from "../../kit/alerts/limit";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { up } = prometheus;

const self = promql`${up}{job="kube-prometheus-stack-prometheus",endpoint="http-web"}`;

/**
 * Age of the newest sample that Prometheus stored about itself. With a full disk, Prometheus still evaluates rules and
 * sends alerts but stores no samples. After five minutes there is no current sample at all; the age is then 300
 * seconds.
 */
export const age = promql`time() - max(timestamp(${self})) or 300 * max(absent(${self}))`;

/** Four scrapes. */
export const limit = seconds(120);
