import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";
import type { Inventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { availability, availabilityMeasures } from "./elasticsearch-availability";
import { data } from "./elasticsearch-data";
import { health } from "./elasticsearch-health";
import { saturation, saturationMeasures } from "./elasticsearch-saturation";
import { duration, errors, rate } from "./elasticsearch-traffic";

const { name, intervalSeconds } = elasticsearchJob;

/** Whether orders are found, and whether new ones will be. */
export function elasticsearchDashboard({ environment }: Pick<Inventory, "environment">): DashboardForm {
  const { prometheus } = dataSourceUids(environment);
  const up = targetUp(elasticsearchJob);
  return {
    uid: "erp-elasticsearch",
    folder: "ERP",
    title: "Elasticsearch",
    description: `Does Elasticsearch find orders, and index new ones? The first row answers. Without it the ERP searches in PostgreSQL, more slowly. Measured every ${intervalSeconds} s. Blue marks: a Deployment changed. Red: an alert fires.`,
    tags: ["erp"],
    // The exporter is there also while Elasticsearch is not.
    variables: [metricsSource(prometheus), namespace(promql`${up}{job="${name}"}`)],
    annotations: [deploymentsOf("erp-.+"), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": health(),
      Availability: availability(),
      Rate: rate(),
      Errors: errors(),
      Duration: duration(),
      Saturation: saturation(),
      Data: data(),
    },
    collapsedRows: { "What the alerts measure": [...availabilityMeasures(), ...saturationMeasures()] },
  };
}
