import * as units from "@grafana/grafana-foundation-sdk/units";
import { platformTargetsDown } from "../../alerts/prometheus/platform-targets-down";
import { prometheusNearRetentionSize } from "../../alerts/prometheus/prometheus-near-retention-size";
import { prometheusNotIngesting } from "../../alerts/prometheus/prometheus-not-ingesting";
import { prometheusRemoteWriteBehind } from "../../alerts/prometheus/prometheus-remote-write-behind";
import { prometheusRemoteWriteRefused } from "../../alerts/prometheus/prometheus-remote-write-refused";
import { prometheusRulesNotEvaluated } from "../../alerts/prometheus/prometheus-rules-not-evaluated";
import { prometheusSeriesGrowing } from "../../alerts/prometheus/prometheus-series-growing";
import { prometheusStorageFailing } from "../../alerts/prometheus/prometheus-storage-failing";
import { scrapeSampleLimitHit } from "../../alerts/prometheus/scrape-sample-limit-hit";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { scrapeDuration, scrapeSamples } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { sendsOn } from "../../metrics/conditions";
import type { Catalogued } from "../../metrics/inventory";
import { prometheus, prometheusJob } from "../../metrics/prometheus/prometheus-metrics";
import type { Environment } from "../../settings/environment";
import { alertMeasures, scraped } from "./monitoring-panels";

const half = { ...scraped, width: 12 };

/** Whether samples come in, from whom, and how many. */
export function ingestion(catalogued: Catalogued): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Samples stored",
      description:
        "Samples that each Prometheus stores in a second. A fall: targets are lost. Nothing at all: see the newest sample.",
      unit: units.CountsPerSecond,
      queries: [
        { query: promql`sum by (pod) (rate(${prometheus.samplesAppended}[$__rate_interval]))`, legend: "{{pod}}" },
      ],
    }),
    timeseries({
      ...half,
      title: "Series",
      description:
        "Series of the last two or three hours: they take the memory. A step: a rollout. A slope: a label takes ever new values; the next panel says whose.",
      unit: units.Short,
      queries: [{ query: promql`max by (pod) (${prometheus.series})`, legend: "{{pod}}" }],
    }),
    timeseries({
      ...half,
      title: "Samples of a scrape",
      description:
        "Samples that all targets of a job bring with a scrape, of the ten jobs with most. What grows here makes the series grow.",
      unit: units.Short,
      queries: [{ query: promql`topk(10, sum by (job) (${scrapeSamples(prometheusJob)}))`, legend: "{{job}}" }],
    }),
    timeseries({
      ...half,
      title: "Slowest scrape",
      description:
        "How long the slowest target of a job takes to answer, of the five slowest jobs. Near the timeout, 5 seconds for the ERP and 10 for others, scrapes are lost.",
      unit: units.Seconds,
      queries: [{ query: promql`topk(5, max by (job) (${scrapeDuration(prometheusJob)}))`, legend: "{{job}}" }],
    }),
    alertPanel(platformTargetsDown(catalogued), { title: "Targets that answer, by job", width: 24, most: 10 }),
  ];
}

/** What the alerts measure that the panels above show in another form. */
export function prometheusMeasures(environment: Environment): Panel[] {
  return [
    ...alertMeasures({
      "Age of the newest sample": prometheusNotIngesting,
      "Scrapes with too many samples, 2 min": scrapeSampleLimitHit,
      "Failed writes to the volume, 5 min": prometheusStorageFailing,
      "Samples for elsewhere: delay": sendsOn(environment) && prometheusRemoteWriteBehind,
      "Samples for elsewhere: share refused": sendsOn(environment) && prometheusRemoteWriteRefused,
    }),
    alertPanel(prometheusRulesNotEvaluated, {
      title: "Failed or missed rule evaluations, 5 min",
      width: 24,
      most: 3,
      legend: "{{rule_group}}",
    }),
    alertPanel(prometheusSeriesGrowing, {
      title: "Series, compared with six hours ago",
      width: 8,
      empty: "known after six hours",
    }),
  ];
}

/** Whether rules are evaluated in time. */
export function rules(): Panel[] {
  return [
    timeseries({
      ...scraped,
      width: 24,
      title: "Rules: time of an evaluation",
      description:
        "How long the slowest five groups of rules take. Beyond its interval, 15 seconds for alerts, a group is left out every other time.",
      unit: units.Seconds,
      queries: [
        {
          query: promql`topk(5, max by (rule_group) (label_replace(${prometheus.ruleDuration}, "rule_group", "$1", "rule_group", ".+;(.+)")))`,
          legend: "{{rule_group}}",
        },
      ],
    }),
  ];
}

/** Whether samples are safe, and how long they stay. */
export function storage(): Panel[] {
  return [
    timeseries({
      ...scraped,
      width: 12,
      title: "Samples on the volume",
      description:
        "What blocks, log and newest chunks take. Blocks jump every two hours, when the log becomes one; a log that only grows cannot be shortened.",
      unit: units.BytesIEC,
      stacked: true,
      queries: [
        { query: promql`max(${prometheus.blocks})`, legend: "blocks" },
        { query: promql`max(${prometheus.wal})`, legend: "log" },
        { query: promql`max(${prometheus.headChunks})`, legend: "newest chunks" },
      ],
    }),
    alertPanel(prometheusNearRetentionSize, { title: "Volume used, of the size that is kept", width: 12 }),
  ];
}
