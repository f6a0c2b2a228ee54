import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { dashboardLabel, folderAnnotation } from "./grafana";
import { json } from "./sorted-json";

export interface DashboardConfigMapProps {
  /** Namespace that the dashboard sidecar watches. */
  readonly namespace: string;
  readonly folder: string;
  /** Grafana's dashboard model. */
  readonly model: { readonly uid: string; readonly title: string };
}

/** One dashboard in one ConfigMap, which Grafana's sidecar loads into the folder. */
export class DashboardConfigMap extends Construct {
  constructor(scope: Construct, id: string, { namespace, folder, model }: DashboardConfigMapProps) {
    super(scope, id);
    new ConfigMapV1(this, "ConfigMap", {
      metadata: {
        name: `dashboard-${model.uid}`,
        namespace,
        labels: { ...dashboardLabel },
        annotations: { [folderAnnotation]: folder },
      },
      data: { [`${model.uid}.json`]: json(model) },
    });
  }
}
