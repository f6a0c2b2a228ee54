import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource } from "../../kit/dashboards/variables";
import { loki } from "../../logs/loki-store";
import type { Catalogued } from "../../metrics/inventory";
import { namespaces } from "../../settings/addresses";
import { deliveryMeasures, notifications } from "../alertmanager/alert-delivery";
import { dataSourceUids } from "../grafana/data-sources";
import { logAgentMeasures, logAgentPanels } from "../log-agents/log-agent-panels";
import { lokiMeasures, lokiPanels } from "../loki/loki-panels";
import { health } from "./monitoring-health";
import { ingestion, prometheusMeasures, rules, storage } from "./prometheus-rows";

/** Whether the monitoring itself can be believed. */
export function monitoringDashboard(catalogued: Catalogued): DashboardForm {
  const { environment } = catalogued;
  const uids = dataSourceUids(environment);
  return {
    uid: "platform-monitoring",
    folder: "Platform",
    title: "The monitoring itself",
    description:
      "Can what you see be believed, and would you be told? The first row answers; the rows below follow a sample from its scrape to the alert that wakes somebody, and a line from its file to the search that finds it. Red marks: an alert about the platform fires.",
    tags: ["platform"],
    variables: [metricsSource(uids.prometheus), logsSource(uids.loki)],
    annotations: [firingAlerts("platform")],
    links: [
      otherDashboards("Platform", "platform"),
      otherDashboards("ERP", "erp"),
      logsLink("Logs of the monitoring", loki.lines({ namespaces: [namespaces.monitoring, namespaces.logging] })),
    ],
    rows: {
      "Is it healthy?": health(environment),
      Ingestion: ingestion(catalogued),
      Rules: rules(),
      Storage: storage(),
      "Alerts and notifications": notifications(),
      Loki: lokiPanels(),
      "Log agent": logAgentPanels(environment),
    },
    collapsedRows: {
      "What the alerts measure": [
        ...prometheusMeasures(environment),
        ...deliveryMeasures(environment),
        ...lokiMeasures(environment),
        ...logAgentMeasures(environment),
      ],
    },
  };
}
