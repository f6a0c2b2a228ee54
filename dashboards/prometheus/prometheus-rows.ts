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

const third = { ...scraped, width: 8 };

/** Whether samples come in, from whom, and how many. */
export function ingestion(catalogued: Catalogued): Panel[] {
  return [
    timeseries({
      ...third,
      title: "Samples stored",
      description:
        "Samples that each Prometheus stores in a second. A fall: targets are lost. Nothing at all: see the newest sample.",
      unit: units.CountsPerSecond,
      queries: [
        { query: promql`sum by (pod) (rate(${prometheus.samplesAppended}[$__rate_interval]))`, legend: "{{pod}}" },
      ],
    }),
    timeseries({
      ...third,
      title: "Series",
      description:
        "Series of the last two or three hours: they take the memory. A step: a rollout. A slope: a label takes ever new values; the next panel says whose.",
      unit: units.Short,
      queries: [{ query: promql`max by (pod) (${prometheus.series})`, legend: "{{pod}}" }],
    }),
    timeseries({
      ...third,
      title: "Samples of a scrape",
      description: "Samples that all targets of a job bring with a scrape. What grows here makes the series grow.",
      unit: units.Short,
      queries: [{ query: promql`sum by (job) (${scrapeSamples(prometheusJob)})`, legend: "{{job}}" }],
    }),
    timeseries({
      ...third,
      title: "Slowest scrape",
      description:
        "How long the slowest target of a job takes to answer. Near the timeout, 5 seconds for the ERP and 10 for others, scrapes are lost.",
      unit: units.Seconds,
      queries: [{ query: promql`max by (job) (${scrapeDuration(prometheusJob)})`, legend: "{{job}}" }],
    }),
    ...alertMeasures([platformTargetsDown(catalogued), prometheusNotIngesting, scrapeSampleLimitHit]),
    alertPanel(prometheusSeriesGrowing, { width: 8, empty: "known after six hours" }),
  ];
}

/** Whether rules are evaluated in time. */
export function rules(): Panel[] {
  return [
    timeseries({
      ...scraped,
      width: 16,
      title: "Rules: time of an evaluation",
      description:
        "How long the slowest ten groups of rules take. Beyond its interval, 15 seconds for alerts, a group is left out every other time.",
      unit: units.Seconds,
      queries: [
        {
          query: promql`topk(10, max by (rule_group) (${prometheus.ruleDuration}))`,
          legend: "{{rule_group}}",
        },
      ],
    }),
    ...alertMeasures([prometheusRulesNotEvaluated]),
  ];
}

/** Whether samples are safe, and how long they stay. */
export function storage(environment: Environment): Panel[] {
  return [
    timeseries({
      ...third,
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
    ...alertMeasures([
      prometheusNearRetentionSize,
      prometheusStorageFailing,
      sendsOn(environment) && prometheusRemoteWriteBehind,
      sendsOn(environment) && prometheusRemoteWriteRefused,
    ]),
  ];
}
