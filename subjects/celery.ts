import { celeryBeatSilent } from "../alerts/celery/celery-beat-silent";
import { celeryExporterDeaf } from "../alerts/celery/celery-exporter-deaf";
import { celeryNoWorkers } from "../alerts/celery/celery-no-workers";
import { celeryQueueGrowing } from "../alerts/celery/celery-queue-growing";
import { celeryQueueLong } from "../alerts/celery/celery-queue-long";
import { celeryQueueWithoutWorkers } from "../alerts/celery/celery-queue-without-workers";
import { celeryRetryStorm } from "../alerts/celery/celery-retry-storm";
import { celeryTasksFailing } from "../alerts/celery/celery-tasks-failing";
import { celeryTasksSlow } from "../alerts/celery/celery-tasks-slow";
import { celeryTasksStuck } from "../alerts/celery/celery-tasks-stuck";
import { erpOutboxStuck } from "../alerts/celery/erp-outbox-stuck";
import { erpReportMissing } from "../alerts/celery/erp-report-missing";
import { celeryDashboard } from "../dashboards/celery/celery-dashboard";
import { celeryJob, celery as exporterMetrics } from "../metrics/celery/celery-metrics";
import { erpWorker, erpWorkerJob } from "../metrics/celery/erp-worker-metrics";
import { namespaces } from "../settings/addresses";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** Celery: the ERP's queues, workers and scheduler (beat). */
export const celery: Subject = {
  name: "celery",
  server: "the broker",
  causes: ["celery"],
  jobs: () => [erpWorkerJob, celeryJob],
  metrics: () => [erpWorker, exporterMetrics],
  alerts: (catalogued) => [
    celeryNoWorkers,
    celeryTasksStuck(catalogued),
    celeryQueueLong,
    celeryQueueGrowing,
    celeryQueueWithoutWorkers,
    celeryTasksFailing,
    celeryRetryStorm,
    celeryTasksSlow,
    celeryBeatSilent,
    erpOutboxStuck,
    erpReportMissing,
    celeryExporterDeaf,
  ],
  dashboards: (catalogued) => [celeryDashboard(catalogued)],
  exporter: ({ erp }) => ({
    job: celeryJob,
    image: images.celeryExporter,
    // See docs/decisions/celery-exporter.md.
    args: [
      "--retry-interval=5",
      `--queues=${erp.celery.queues.join(",")}`,
      `--default-queue-name=${erp.celery.queues[0]}`,
      "--generic-hostname-task-sent-metric",
    ],
    env: { CE_BROKER_URL: erp.celery.exporterSecret },
    resources: erp.celery.exporterResources,
    port: 9808,
    healthPath: "/health",
    pod: erp.celery.exporterPod,
  }),
  evidence: [
    { source: erpWorkerJob.name, version: ({ erp }) => imageVersion(erp.image) },
    {
      source: celeryJob.name,
      version: () => imageVersion(images.celeryExporter),
      inCluster: {
        pods: { namespace: namespaces.erp, app: celeryJob.name, port: 9808 },
        behind: "the ERP's queues, a worker and beat, and a task that fails",
      },
    },
  ],
  eventSeries: {
    celery_task_failed_total: "a task that failed",
    celery_task_retried_total: "a task that was retried",
  },
};
