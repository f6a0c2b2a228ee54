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
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import type { Environment } from "../../settings/environment";

const scrapeSeconds = celeryJob.intervalSeconds;
const width = 12;

/** Workers, how busy they are, and whether scheduled tasks start. */
export function workers({ erp }: Pick<Environment, "erp">): Panel[] {
  return [
    alertPanel(celeryQueueWithoutWorkers, { title: "Workers by queue", width, empty: "no workers" }),
    busyThreads(erp.celery.worker.concurrency),
    workerStatus(),
    alertPanel(erpReportMissing, {
      title: "Age of the nightly reports",
      width,
      legend: "{{report}}",
      empty: "not scraped",
    }),
  ];
}

/** Measures that the panels above show in another form. */
export function workerMeasures(): Panel[] {
  const form = { width: 8, empty: "not scraped" };
  return [
    alertPanel(celeryNoWorkers, { ...form, title: "Highest number of workers on a queue", legend: "workers" }),
    alertPanel(celeryBeatSilent, { ...form, title: "Heartbeats in 5 minutes over time", legend: "heartbeats" }),
    alertPanel(celeryExporterDeaf, { ...form, title: "Workers that send events to the exporter", legend: "workers" }),
  ];
}

function busyThreads(concurrency: number): Panel {
  return timeseries({
    title: "Busy threads",
    description: `Share of each worker's ${concurrency} threads that run a task. If all are at 100 % while tasks wait, add workers. If one is at 100 % while the others are idle, its tasks hang. A worker that was killed keeps its last value for five minutes.`,
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
    empty: "no workers",
  });
}

function workerStatus(): Panel {
  const up = promql`max by (hostname) (${celery.workerUp}{namespace="$namespace"})`;
  const running = promql`label_replace(${kubeStateMetrics.podPhase}{namespace="$namespace",phase="Running"} == 1, "hostname", "$1", "pod", "(.+)")`;
  return states({
    title: "Worker status",
    description:
      "State of each worker, according to the events that it sends to the exporter. Red: the pod runs but its worker does not respond, because it hangs or does not reach Redis. A worker whose pod is gone, for example after a rollout, disappears. The panel Workers by queue shows the remaining workers.",
    unit: units.Short,
    width,
    scrapeSeconds,
    shown: {
      query: promql`${up} == 1 or (${up} == 0 and on (hostname) ${running})`,
      legend: "{{hostname}}",
    },
    good: "responding",
    bad: "not responding",
    empty: "no workers",
  });
}
