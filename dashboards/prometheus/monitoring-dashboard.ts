import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource } from "../../kit/dashboards/variables";
import { loki } from "../../logs/loki-store";
import { makesTraces } from "../../metrics/conditions";
import type { DashboardInventory } from "../../metrics/inventory";
import { namespaces } from "../../settings/addresses";
import { deliveryMeasures, notifications } from "../alertmanager/alert-delivery";
import { dataSourceUids } from "../grafana/data-sources";
import { logAgentMeasures, logAgentPanels } from "../log-agents/log-agent-panels";
import { lokiMeasures, lokiPanels } from "../loki/loki-panels";
import { otelCollectorMeasures, otelCollectorPanels } from "../otel-collector/otel-collector-panels";
import { health } from "./monitoring-health";
import { ingestion, prometheusMeasures, rules, storage } from "./prometheus-rows";

/** Whether the monitoring works: samples, alerts, notifications and logs. */
export function monitoringDashboard(catalogued: DashboardInventory): DashboardForm {
  const { environment, alertsOf, http } = catalogued;
  const traces = makesTraces(environment);
  const uids = dataSourceUids(environment);
  return {
    uid: "platform-monitoring",
    folder: "Platform",
    title: "Monitoring health",
    description:
      "Are the dashboards up to date, and would an alert reach you? Start with the first row. The rows below follow a sample from its scrape to the notification, and a log line from its file to the search result. Red marks: an alert about the platform begins to fire.",
    tags: ["platform"],
    variables: [metricsSource(uids.prometheus), logsSource(uids.loki)],
    annotations: [firingAlerts(alertsOf.platform)],
    links: [
      otherDashboards("Platform", "platform"),
      otherDashboards("ERP", "erp"),
      logsLink("Monitoring logs", loki.lines({ namespaces: [namespaces.monitoring, namespaces.logging] })),
    ],
    rows: {
      Health: health(environment, alertsOf.platform),
      Ingestion: ingestion(catalogued),
      Rules: rules(),
      Storage: storage(),
      "Alerts and notifications": notifications(environment),
      Loki: lokiPanels(),
      "Log agent": logAgentPanels(environment),
      ...(traces && { Traces: otelCollectorPanels() }),
    },
    collapsedRows: {
      "Other alert measures": [
        ...prometheusMeasures(catalogued),
        ...deliveryMeasures(environment),
        ...lokiMeasures(environment),
        ...logAgentMeasures(environment),
        ...(traces ? otelCollectorMeasures(http) : []),
      ],
    },
  };
}
