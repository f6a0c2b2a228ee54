import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import { Dashboard } from "../constructs/dashboard";
import { json } from "../constructs/literal";
import type { FiledDashboard } from "../kit/dashboards/dashboards";

/** Dashboards where the environment's Grafana finds them; data sources too, where that Grafana is somebody else's. */
export class Dashboards extends Construct {
  constructor(
    scope: Construct,
    grafana: Environment["grafana"],
    dashboards: readonly FiledDashboard[],
    dataSources: readonly object[] = [],
  ) {
    super(scope, "Dashboards");
    if (grafana.mode === "off") return;
    const namespace = grafana.mode === "existing" ? grafana.namespace : namespaces.grafana;
    for (const { folder, model } of dashboards) new Dashboard(this, model.uid, { namespace, folder, model });
    if (grafana.mode === "existing" && dataSources.length > 0) {
      new ConfigMapV1(this, "DataSources", {
        metadata: { name: "data-sources-erp-observability", namespace, labels: { grafana_datasource: "1" } },
        data: { "erp-observability.json": json({ apiVersion: 1, datasources: dataSources }) },
      });
    }
  }
}
