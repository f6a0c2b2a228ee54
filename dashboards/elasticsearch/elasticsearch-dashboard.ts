import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { availability, availabilityMeasures } from "./elasticsearch-availability";
import { data } from "./elasticsearch-data";
import { health } from "./elasticsearch-health";
import { saturation, saturationMeasures } from "./elasticsearch-saturation";
import { duration, errors, rate } from "./elasticsearch-traffic";

const { name, intervalSeconds } = elasticsearchJob;

/** Whether Elasticsearch finds orders, and indexes new ones. */
export function elasticsearchDashboard({ environment, alertsOf }: DashboardInventory): DashboardForm {
  const { prometheus } = dataSourceUids(environment);
  const up = targetUp(elasticsearchJob);
  return {
    uid: "erp-elasticsearch",
    folder: "ERP",
    title: "Elasticsearch",
    description: `Does Elasticsearch find orders, and index new ones? Start with the first row. Without Elasticsearch, the ERP searches in PostgreSQL, which is slower. Measured every ${intervalSeconds} s. Blue marks: a Deployment changed. Red: an alert begins to fire.`,
    tags: ["erp"],
    // The exporter is scraped even while Elasticsearch is down.
    variables: [metricsSource(prometheus), namespace(promql`${up}{job="${name}"}`)],
    annotations: [deploymentsOf("erp-.+"), firingAlerts(alertsOf.erp)],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      Health: health(),
      Availability: availability(),
      Rate: rate(),
      Errors: errors(),
      Duration: duration(),
      Saturation: saturation(),
      Data: data(),
    },
    collapsedRows: { "Other alert measures": [...availabilityMeasures(), ...saturationMeasures()] },
  };
}
