import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { DashboardConfigMap } from "../constructs/dashboard-config-map";
import { json } from "../constructs/sorted-json";
import type { FiledDashboard } from "../kit/dashboards/build-dashboards";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";

export interface GrafanaContentProps {
  readonly grafana: Environment["grafana"];
  readonly dashboards: readonly FiledDashboard[];
  /** The data sources that are installed in a Grafana that exists already. @default none */
  readonly dataSources?: readonly object[];
}

/** Dashboards for the environment's Grafana. For an existing Grafana, also the data sources. */
export class GrafanaContent extends Construct {
  constructor(scope: Construct, id: string, { grafana, dashboards, dataSources = [] }: GrafanaContentProps) {
    super(scope, id);
    if (grafana.mode === "off") return;
    const namespace = grafana.mode === "existing" ? grafana.namespace : namespaces.grafana;
    for (const { folder, model } of dashboards) new DashboardConfigMap(this, model.uid, { namespace, folder, model });
    if (grafana.mode === "existing" && dataSources.length > 0) {
      new ConfigMapV1(this, "DataSources", {
        metadata: { name: "data-sources-erp-observability", namespace, labels: { grafana_datasource: "1" } },
        data: { "erp-observability.json": json({ apiVersion: 1, datasources: dataSources }) },
      });
    }
  }
}
