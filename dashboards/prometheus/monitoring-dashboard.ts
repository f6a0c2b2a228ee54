import type { Environment } from "../../config/environment";
import { firingAlerts } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource } from "../../kit/dashboards/variables";
import type { Catalogue } from "../../metrics/catalogue";
import { configuration, notifications } from "../alertmanager/alert-delivery";
import { dataSourceUids } from "../grafana/data-sources";
import { logAgentPanels, lokiPanels } from "../loki/log-storage";
import { health } from "./monitoring-health";
import { ingestion, rules, storage } from "./prometheus-rows";

/** Whether the monitoring itself can be believed. */
export function platformMonitoring(environment: Environment, catalogue: Catalogue): Model {
  const uids = dataSourceUids(environment);
  const logAgent = logAgentPanels(environment);
  return dashboard({
    uid: "platform-monitoring",
    title: "The monitoring itself",
    description:
      "Can what you see be believed, and would you be told? The first row answers; the rows below follow a sample from its scrape to the alert that wakes somebody, and a line from its file to the search that finds it. Red marks: an alert about the platform fires.",
    tags: ["platform"],
    variables: [metricsSource(uids.prometheus), logsSource(uids.loki)],
    annotations: [firingAlerts("platform")],
    links: [
      otherDashboards("Platform", "platform"),
      otherDashboards("ERP", "erp"),
      logsLink("Logs of the monitoring", '{namespace=~"monitoring|logging"}'),
    ],
    rows: {
      "Is it healthy?": health(environment),
      Ingestion: ingestion(environment, catalogue),
      Rules: rules(environment),
      Storage: storage(environment),
      "Alerts and notifications": notifications(environment),
      Configuration: configuration(environment),
      Loki: lokiPanels(environment),
      ...(logAgent && { "Log agent": logAgent }),
    },
  });
}
