import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { holds, isGone, isLost, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { up } = prometheus;
const self = promql`${up}{job="kube-prometheus-stack-prometheus",endpoint="http-web"}`;

/**
 * How old the newest sample is that Prometheus took of itself. With a full disk it goes on evaluating rules and sending
 * alerts, and stores nothing; five minutes later there is no sample at all, which is therefore as old as that.
 */
const age = promql`time() - max(timestamp(${self})) or 300 * max(absent(${self}))`;
/** Four scrapes. */
const limit = seconds(120);

/** Those outside page when it stays away: it says that samples are stored, rules evaluated and alerts delivered. */
export const heartbeat = alert({
  name: "Heartbeat",
  severity: "heartbeat",
  service: "prometheus",
  team: "platform",
  measure: age,
  below: limit,
  summary: "The monitoring works.",
  description: "The newest sample is {{ $value | humanizeDuration }} old, and this came through.",
  scenarios: {
    "samples are stored, until the disk is full": fires({
      given: [samples(up, [isGone("5m"), holds(1, "10m"), isLost("20m")])],
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "11m45s", by: "12m" },
    }),
    "samples are stored again after an hour": fires({
      given: [samples(up, [isLost("1h"), holds(1, "10m")])],
      onset: "59m45s",
      after: "0s",
      by: "15s",
    }),
    "Prometheus does not find itself": silent({ given: [samples(up, [isGone("20m")])] }),
    "nothing is stored": absence(silent({ given: [], because: "its silence is what those outside page for" })),
  },
});

/** Every other alert is blind, or sees what is no more. */
export const prometheusNotIngesting = alert({
  name: "PrometheusNotIngesting",
  severity: "critical",
  service: "prometheus",
  team: "platform",
  cause: "prometheus",
  measure: age,
  above: limit,
  for: "1m",
  summary: "Prometheus stores no samples any more: no other alert can be trusted.",
  description: "The newest sample that Prometheus took of itself is {{ $value | humanizeDuration }} old, or older.",
  scenarios: {
    "the disk is full, and freed after twenty minutes": fires({
      given: [samples(up, [holds(1, "10m"), isLost("20m"), holds(1, "5m")])],
      onset: "9m45s",
      after: "3m",
      by: "3m15s",
      resolves: { after: "20m", by: "20m15s" },
    }),
    "it no longer scrapes itself": fires({
      given: [samples(up, [holds(1, "10m"), isGone("10m")])],
      onset: "10m",
      after: "45s",
      by: "1m",
    }),
    "five scrapes are lost": blip({ given: [samples(up, [holds(1, "10m"), isLost("2m45s"), holds(1, "10m")])] }),
    "two scrapes take long": silent({ given: [samples(up, [holds(1, "10m"), isLost("1m"), holds(1, "10m")])] }),
    "its own page is slow to answer": silent({
      given: [samples(up, [holds(1, "10m"), holds(0, "10m")])],
      because: "that it failed to answer is a sample as well",
    }),
    "it starts anew, and finds itself after 45 seconds": silent({
      given: [samples(up, [isGone("45s"), holds(1, "10m")])],
    }),
    "nothing is stored": absence(fires({ given: [], after: "45s", by: "1m" })),
  },
});
