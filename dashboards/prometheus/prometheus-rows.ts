import * as units from "@grafana/grafana-foundation-sdk/units";
import { clusterDnsFailing } from "../../alerts/dns/cluster-dns-failing";
import { platformTargetsDown } from "../../alerts/prometheus/platform-targets-down";
import { platformTargetsMissing } from "../../alerts/prometheus/platform-targets-missing";
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
import { alertMeasures, scraped } from "./monitoring-panels";

const half = { ...scraped, width: 12 };

/** Samples that Prometheus stores, and the jobs that they come from. */
export function ingestion(catalogued: Catalogued): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Samples stored",
      description:
        "Samples per second that each Prometheus stores. A drop means that targets are lost. If the line is 0, see Age of newest sample.",
      unit: units.CountsPerSecond,
      queries: [
        { query: promql`sum by (pod) (rate(${prometheus.samplesAppended}[$__rate_interval]))`, legend: "{{pod}}" },
      ],
    }),
    timeseries({
      ...half,
      title: "Series in memory",
      description:
        "Series of the last two or three hours, which determine the memory use. A rollout causes a step. If the number rises steadily, a label keeps getting new values. The next panel shows the job.",
      unit: units.Short,
      queries: [{ query: promql`max by (pod) (${prometheus.series})`, legend: "{{pod}}" }],
    }),
    timeseries({
      ...half,
      title: "Samples per scrape by job",
      description:
        "Samples that all targets of a job return per scrape, for the ten largest jobs. If the samples of a job increase, the number of series increases too.",
      unit: units.Short,
      queries: [{ query: promql`topk(10, sum by (job) (${scrapeSamples(prometheusJob)}))`, legend: "{{job}}" }],
    }),
    timeseries({
      ...half,
      title: "Slowest scrapes by job",
      description:
        "Scrape duration of the slowest target of each job, for the five slowest jobs. Near the timeout, 5 seconds for the ERP and 10 for others, scrapes are lost.",
      unit: units.Seconds,
      queries: [{ query: promql`topk(5, max by (job) (${scrapeDuration(prometheusJob)}))`, legend: "{{job}}" }],
    }),
    alertPanel(platformTargetsDown(catalogued), { title: "Targets up by job", width: 24, most: 10 }),
    alertPanel(clusterDnsFailing, { title: "Successful DNS look-ups, %", width: 24, legend: "look-ups" }),
  ];
}

/** Measures that the panels above show in another form. */
export function prometheusMeasures(catalogued: Catalogued): Panel[] {
  const { environment } = catalogued;
  return [
    ...alertMeasures({
      "Age of newest sample over time": prometheusNotIngesting,
      "Scrapes with too many samples, 2 min": scrapeSampleLimitHit,
      "Prometheus failed storage writes, 5 min": prometheusStorageFailing,
      "Remote write delay": sendsOn(environment) && prometheusRemoteWriteBehind,
      "Remote write rejection ratio": sendsOn(environment) && prometheusRemoteWriteRefused,
    }),
    alertPanel(platformTargetsMissing(catalogued), { title: "Number of targets by job", width: 24, most: 10 }),
    alertPanel(prometheusRulesNotEvaluated, {
      title: "Failed or missed rule evaluations, 5 min",
      width: 24,
      most: 3,
      legend: "{{rule_group}}",
    }),
    alertPanel(prometheusSeriesGrowing, {
      title: "Growth of series over 6 hours, factor",
      width: 8,
      empty: "available after six hours",
    }),
  ];
}

/** Time that the evaluation of rules takes. */
export function rules(): Panel[] {
  return [
    timeseries({
      ...scraped,
      width: 24,
      title: "Rule group evaluation time",
      description:
        "Evaluation time of the five slowest groups of rules. If it is longer than the interval, which is 15 seconds for alerts, every other evaluation is skipped.",
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

/** Disk space that the samples use. */
export function storage(): Panel[] {
  return [
    timeseries({
      ...scraped,
      width: 12,
      title: "Prometheus storage size",
      description:
        "Disk space of the blocks, the write-ahead log and the newest chunks. Blocks grow every two hours, when the write-ahead log becomes a block. If the write-ahead log grows and never shrinks, Prometheus cannot truncate it.",
      unit: units.BytesIEC,
      stacked: true,
      queries: [
        { query: promql`max(${prometheus.blocks})`, legend: "blocks" },
        { query: promql`max(${prometheus.wal})`, legend: "write-ahead log" },
        { query: promql`max(${prometheus.headChunks})`, legend: "newest chunks" },
      ],
    }),
    alertPanel(prometheusNearRetentionSize, { title: "Storage use, % of retention size", width: 12 }),
  ];
}
