import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryBeatSilent } from "../../alerts/celery/celery-beat-silent";
import { celeryExporterDeaf } from "../../alerts/celery/celery-exporter-deaf";
import { celeryNoWorkers } from "../../alerts/celery/celery-no-workers";
import { celeryQueueWithoutWorkers } from "../../alerts/celery/celery-queue-without-workers";
import { erpReportMissing } from "../../alerts/celery/erp-report-missing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, states, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import type { Environment } from "../../settings/environment";

const scrapeSeconds = celeryJob.intervalSeconds;
const width = 8;

/** Who works, how busy they are, and whether the clock ticks. */
export function workers({ erp }: Pick<Environment, "erp">): Panel[] {
  return [
    alertPanel(celeryNoWorkers, { width, empty: "not scraped" }),
    alertPanel(celeryQueueWithoutWorkers, { width, empty: "no worker at all" }),
    busyThreads(erp.celery.worker.concurrency),
    workersHeard(),
    alertPanel(celeryBeatSilent, { width, empty: "not scraped" }),
    alertPanel(erpReportMissing, { width, empty: "not scraped" }),
    alertPanel(celeryExporterDeaf, { width, empty: "not scraped" }),
  ];
}

function busyThreads(concurrency: number): Panel {
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
    empty: "none heard",
  });
}

function workersHeard(): Panel {
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
