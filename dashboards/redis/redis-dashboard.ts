import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import type { DashboardInventory } from "../../metrics/inventory";
import { redis, redisJob } from "../../metrics/redis/redis-metrics";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { data } from "./redis-data";
import { availability, availabilityMeasures, health } from "./redis-health";
import { saturation, saturationMeasures } from "./redis-saturation";
import { duration, errors, rate } from "./redis-traffic";

/** Whether Redis, which is the broker of tasks and the cache, accepts writes and keeps its data. */
export function redisDashboard({ environment, alertsOf }: DashboardInventory): DashboardForm {
  const { prometheus } = dataSourceUids(environment);
  return {
    uid: "erp-redis",
    folder: "ERP",
    title: "Redis",
    description: `Does Redis accept tasks, and does it keep them? Start with the first row. Measured every ${redisJob.intervalSeconds} s. Blue marks: a Deployment changed. Red: an alert begins to fire.`,
    tags: ["erp"],
    variables: [metricsSource(prometheus), namespace(promql`${redis.up}`)],
    annotations: [deploymentsOf("erp-.+|redis"), firingAlerts(alertsOf.erp)],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      Health: health(),
      Availability: availability(),
      Rate: rate(),
      Errors: errors(),
      Duration: duration(),
      Saturation: saturation(),
      "Data and persistence": data(),
    },
    collapsedRows: { "Other alert measures": [...availabilityMeasures(), ...saturationMeasures()] },
  };
}
