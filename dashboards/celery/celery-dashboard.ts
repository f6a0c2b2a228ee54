import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { choice, logsSource, metricsSource, namespace, percentile } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import { celery } from "../../metrics/celery/celery-metrics";
import { erpWorker, erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit, restarts } from "../erp-processes/process-resources";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { causes } from "./celery-causes";
import { health } from "./celery-health";
import { queueMeasures, queues } from "./queues";
import { runtime, runtimeMeasures } from "./runtime";
import { taskMeasures, tasks } from "./tasks";
import { workerMeasures, workers } from "./workers";

const program = { job: erpWorkerJob, width: 6 };
const info = promql`${erpWorker.info}{namespace="$namespace",job="${erpWorkerJob.name}"}`;

/** Whether the ERP's background tasks are done; and if not, since when and why. */
export function celeryDashboard(inventory: DashboardInventory): DashboardForm {
  const { environment, alertsOf } = inventory;
  const uids = dataSourceUids(environment);
  return {
    uid: "erp-celery",
    folder: "ERP",
    title: "Celery",
    description:
      "Is the ERP's background work done? Start with the first row. The rows below show the queues, the workers and the tasks. Blue marks: a Deployment changed. Purple: a new version. Red: an alert begins to fire.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${celery.queueLength}`),
      choice({ name: "name", title: "Task", series: promql`${celery.sent}{namespace="$namespace"}`, label: "name" }),
      percentile(),
    ],
    annotations: [deploymentsOf("erp-(worker|beat)"), versions(info), firingAlerts(alertsOf.erp)],
    links: [
      otherDashboards("ERP", "erp"),
      logsLink("Worker logs", loki.lines({ namespaces: ["${namespace}"], app: "erp-worker" })),
      logsLink("Beat logs", loki.lines({ namespaces: ["${namespace}"], app: "erp-beat" })),
    ],
    rows: {
      Health: health(),
      Queues: queues(),
      "Workers and beat": workers(environment),
      Tasks: tasks(),
      Runtime: runtime(),
      "Worker resources": [cpuOfRequest(program), memoryOfLimit(program), openFilesOfLimit(program), restarts(program)],
      Causes: causes(),
    },
    collapsedRows: {
      "Other alert measures": [
        ...queueMeasures(inventory),
        ...workerMeasures(),
        ...taskMeasures(),
        ...runtimeMeasures(),
      ],
    },
  };
}
