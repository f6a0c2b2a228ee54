import type { Environment } from "../../config/environment";
import { deployments, firingAlerts } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";
import { jobs } from "../../metrics/jobs";
import { dataSourceUids } from "../grafana/data-sources";
import { availability } from "./elasticsearch-availability";
import { data } from "./elasticsearch-data";
import { health } from "./elasticsearch-health";
import { saturation } from "./elasticsearch-saturation";
import { duration, errors, rate } from "./elasticsearch-traffic";

const { name, intervalSeconds } = jobs.elasticsearchExporter;

/** Whether orders are found, and whether new ones will be. */
export function elasticsearchDashboard(environment: Environment): Model {
  const { prometheus } = dataSourceUids(environment);
  const up = targetUp(jobs.elasticsearchExporter);
  return dashboard({
    uid: "erp-elasticsearch",
    title: "Elasticsearch",
    description: `Does Elasticsearch find orders, and index new ones? The first row answers. Without it the ERP searches in PostgreSQL, more slowly. Measured every ${intervalSeconds} s. Blue marks: a Deployment changed. Red: an alert fires.`,
    tags: ["erp"],
    // The exporter is there also while Elasticsearch is not.
    variables: [metricsSource(prometheus), namespace(promql`${up}{job="${name}"}`)],
    annotations: [deployments("erp-.+"), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": health(),
      Availability: availability(environment),
      Rate: rate(),
      Errors: errors(environment),
      Duration: duration(),
      Saturation: saturation(environment),
      Data: data(),
    },
  });
}
