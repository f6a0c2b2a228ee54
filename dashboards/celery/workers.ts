import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryNoWorkers } from "../../alerts/availability/celery";
import { celeryBeatSilent } from "../../alerts/queues/beat-silent";
import { celeryExporterDeaf } from "../../alerts/queues/exporter-deaf";
import { celeryQueueWithoutWorkers } from "../../alerts/queues/queue-without-workers";
import type { Environment } from "../../config/environment";
import { celery } from "../../metrics/celery";
import { jobs } from "../../metrics/jobs";
import { promql } from "../../queries/query";
import { alertPanel } from "../frame/alert-panel";
import { type Panel, states, timeseries } from "../frame/panels";
import { above } from "../frame/thresholds";

const scrapeSeconds = jobs.celeryExporter.intervalSeconds;
const width = 8;

/** Who works, how busy they are, and whether the clock ticks. */
export function workers({ erp, runbookBaseUrl }: Pick<Environment, "erp" | "runbookBaseUrl">): Panel[] {
  return [
    alertPanel(celeryNoWorkers, { runbookBaseUrl, width, empty: "not scraped" }),
    alertPanel(celeryQueueWithoutWorkers, { runbookBaseUrl, width, empty: "no worker at all" }),
    busy(erp.celery.worker.concurrency),
    heard(),
    alertPanel(celeryBeatSilent, { runbookBaseUrl, width, empty: "not scraped" }),
    alertPanel(celeryExporterDeaf, { runbookBaseUrl, width, empty: "not scraped" }),
  ];
}

function busy(concurrency: number): Panel {
  return timeseries({
    title: "Busy threads",
    description: `Share of each worker's ${concurrency} threads that work on a task. All at 100 % while tasks wait: add workers. One at 100 % and the others idle: its tasks hang. A worker that was killed keeps its last value for five minutes.`,
    unit: units.PercentUnit,
    width,
    scrapeSeconds,
    max: 1,
    queries: [
      {
        query: promql`max by (hostname) (${celery.active}{namespace="$namespace"}) / ${concurrency}`,
        legend: "{{hostname}}",
      },
    ],
    thresholds: above({ red: 1 }),
    empty: "none heard",
  });
}

function heard(): Panel {
  return states({
    title: "Workers heard",
    description:
      "Whether the exporter hears each worker. One that stopped in order turns red at once, one that was killed after five minutes; both vanish five minutes later.",
    unit: units.Short,
    width,
    scrapeSeconds,
    shown: {
      query: promql`max by (hostname) (${celery.workerUp}{namespace="$namespace"})`,
      legend: "{{hostname}}",
    },
    well: "heard",
    ill: "not heard",
    empty: "none heard",
  });
}
