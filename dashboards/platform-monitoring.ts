import type { Environment } from "../config/environment";
import type { Catalogue } from "../metrics/catalogue";
import { dataSourceUids } from "./data-sources";
import { firingAlerts } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { logsLink, otherDashboards } from "./frame/links";
import { logsSource, metricsSource } from "./frame/variables";
import { configuration, notifications } from "./monitoring/alerts";
import { health } from "./monitoring/health";
import { logAgentPanels, lokiPanels } from "./monitoring/logs";
import { ingestion, rules, storage } from "./monitoring/prometheus";

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
