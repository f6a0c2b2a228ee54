import type { Environment } from "../../config/environment";
import { deployments, firingAlerts } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { jobs } from "../../metrics/jobs";
import { redis } from "../../metrics/redis/redis-metrics";
import { dataSourceUids } from "../grafana/data-sources";
import { availability } from "./redis-availability";
import { data } from "./redis-data";
import { health } from "./redis-health";
import { saturation } from "./redis-saturation";
import { duration, errors, rate } from "./redis-traffic";

/** Whether Redis, broker of tasks and cache in one, takes what it is given and keeps it. */
export function redisDashboard(environment: Environment): Model {
  const { prometheus } = dataSourceUids(environment);
  return dashboard({
    uid: "erp-redis",
    title: "Redis",
    description: `Does Redis take tasks, and does it keep them? The first row answers. Measured every ${jobs.redisExporter.intervalSeconds} s. Blue marks: a Deployment changed. Red: an alert fires.`,
    tags: ["erp"],
    variables: [metricsSource(prometheus), namespace(promql`${redis.up}`)],
    annotations: [deployments("erp-.+|redis"), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": health(),
      Availability: availability(environment),
      Rate: rate(),
      Errors: errors(environment),
      Duration: duration(),
      Saturation: saturation(environment),
      "Data and persistence": data(environment),
    },
  });
}
