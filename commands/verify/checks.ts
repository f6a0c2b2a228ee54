import type { CheckGroup } from "./check";
import { alertConditions } from "./checks/alert-conditions";
import { alertmanagerConfiguration } from "./checks/alertmanager-configuration";
import { alertmanagerPeers } from "./checks/alertmanager-peers";
import { autoscaler } from "./checks/autoscaler";
import { connections } from "./checks/connections";
import { dashboardQueries } from "./checks/dashboard-queries";
import { dataSources } from "./checks/data-sources";
import { deployedDashboards } from "./checks/deployed-dashboards";
import { heartbeat } from "./checks/heartbeat";
import { images } from "./checks/images";
import { logRules } from "./checks/log-rules";
import { logsArrive } from "./checks/logs-arrive";
import { migration } from "./checks/migration";
import { monitoringResources } from "./checks/monitoring-resources";
import { newestSample } from "./checks/newest-sample";
import { objects } from "./checks/objects";
import { policies } from "./checks/policies";
import { releases } from "./checks/releases";
import { replicas } from "./checks/replicas";
import { requestLog } from "./checks/request-log";
import { restarts } from "./checks/restarts";
import { rollouts } from "./checks/rollouts";
import { rules } from "./checks/rules";
import { secretsExist, secretsUsable } from "./checks/secrets";
import { sentryEvent } from "./checks/sentry-event";
import { servers } from "./checks/servers";
import { shownDashboards } from "./checks/shown-dashboards";
import { targets } from "./checks/targets";
import { testNotifications } from "./checks/test-notifications";
import { volumes } from "./checks/volumes";

/** Everything that `npm run verify` checks, in the order of its report. */
export const checkGroups: readonly CheckGroup[] = [
  { name: "Workloads", checks: [releases, objects, rollouts, replicas, images, restarts, volumes, migration] },
  { name: "Secrets", checks: [secretsExist, secretsUsable] },
  {
    name: "Metrics",
    checks: [
      servers,
      newestSample,
      targets,
      rules,
      logRules,
      monitoringResources,
      dashboardQueries,
      alertConditions("limits", "samples and series are within their limits", [
        "ScrapeSampleLimitHit",
        "PrometheusSeriesGrowing",
        "PrometheusNearRetentionSize",
      ]),
    ],
  },
  { name: "Notifications", checks: [alertmanagerConfiguration, alertmanagerPeers, heartbeat, testNotifications] },
  { name: "Requests and logs", checks: [logsArrive, requestLog, sentryEvent] },
  { name: "Network", checks: [policies, connections] },
  { name: "Grafana", checks: [deployedDashboards, dataSources, shownDashboards] },
  {
    name: "Platform",
    checks: [
      autoscaler,
      alertConditions("volume-room", "every volume has room", [
        "VolumeAlmostFull",
        "VolumeFillingUp",
        "VolumeInodesLow",
        "LokiVolumeFull",
        "PrometheusStorageFailing",
      ]),
      alertConditions("certificates", "no certificate expires soon", [
        "ErpCertificateExpires",
        "ErpCertificateExpiresSoon",
      ]),
      alertConditions("clocks", "the clocks of the nodes are in step", ["NodeClockSkewed"]),
      alertConditions("log-retention", "Loki deletes lines after their retention, and stores new ones", [
        "LokiRetentionStopped",
        "LokiStorageFailing",
      ]),
    ],
  },
];
