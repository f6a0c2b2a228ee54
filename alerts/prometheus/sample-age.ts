import { seconds } from "../../kit/alerts/limit";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { up } = prometheus;

const self = promql`${up}{job="kube-prometheus-stack-prometheus",endpoint="http-web"}`;

/**
 * How old the newest sample is that Prometheus took of itself. With a full disk it goes on evaluating rules and sending
 * alerts, and stores nothing; five minutes later there is no sample at all, which is therefore as old as that.
 */
export const age = promql`time() - max(timestamp(${self})) or 300 * max(absent(${self}))`;

/** Four scrapes. */
export const limit = seconds(120);
