import type { Environment } from "../config/environment";
import { celery as metrics } from "../metrics/celery";
import { erpWorker } from "../metrics/erp-worker";
import { jobs } from "../metrics/jobs";
import { promql } from "../queries/query";
import { causes } from "./celery/causes";
import { health } from "./celery/health";
import { queues } from "./celery/queues";
import { runtime } from "./celery/runtime";
import { tasks } from "./celery/tasks";
import { workers } from "./celery/workers";
import { dataSourceUids } from "./data-sources";
import { deployments, firingAlerts, versions } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { logsLink, otherDashboards } from "./frame/links";
import { choice, logsSource, metricsSource, namespace, percentile } from "./frame/variables";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit, restarts } from "./pods/resources";

const program = { job: jobs.erpWorker, width: 6 };
const info = promql`${erpWorker.info}{namespace="$namespace",job="${jobs.erpWorker.name}"}`;

/** Whether what the ERP does in the background is done; and where not, since when and why. */
export function celery(environment: Environment): Model {
  const uids = dataSourceUids(environment);
  return dashboard({
    uid: "erp-celery",
    title: "Celery",
    description:
      "Is the ERP's background work done? The first row answers; below: queues, the workers that read them, their tasks. Blue marks: a Deployment changed. Purple: a new version. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${metrics.queueLength}`),
      choice("name", "Task", promql`count by (name) (${metrics.sent}{namespace="$namespace"})`),
      percentile(),
    ],
    annotations: [deployments("erp-(worker|beat)"), versions(info), firingAlerts("erp")],
    links: [
      otherDashboards("ERP", "erp"),
      logsLink("Logs of the workers", '{namespace="${namespace}",app="erp-worker"}'),
      logsLink("Logs of the beat", '{namespace="${namespace}",app="erp-beat"}'),
    ],
    rows: {
      "Is it healthy?": health(),
      Queues: queues(environment),
      "Workers and beat": workers(environment),
      Tasks: tasks(environment),
      Runtime: runtime(environment),
      "Resources of the workers": [
        cpuOfRequest(program),
        memoryOfLimit(program),
        openFilesOfLimit(program),
        restarts(program),
      ],
      Causes: causes(),
    },
  });
}
