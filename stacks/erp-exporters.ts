import { Construct } from "constructs";
import type { CustomResource } from "../constructs/custom-resources";
import { Exporter } from "../constructs/exporter";
import { monitorLabels, namespaces } from "../settings/addresses";
import { mirrorImage } from "../settings/mirrors";
import { exportersOf } from "../subjects/listings";
import type { ErpProps } from "./erp-pods";
import { containerParts, podParts } from "./pod-settings";

/** The exporters of the servers that the ERP uses, with their ServiceMonitors. */
export class ErpExporters extends Construct {
  readonly serviceMonitors: readonly CustomResource[];

  constructor(scope: Construct, id: string, { environment }: ErpProps) {
    super(scope, id);
    const { erp, mirrors } = environment;
    this.serviceMonitors = exportersOf(environment).map(
      ({ job, image, resources = erp.exporterResources, pod, env, ...exporter }) => {
        const { env: added, ...parts } = containerParts(pod);
        const { serviceMonitor } = new Exporter(this, job.name, {
          ...exporter,
          ...podParts(environment, "monitoring", pod),
          ...parts,
          env: { ...env, ...added },
          name: job.name,
          image: mirrorImage(image, mirrors),
          resources,
          namespace: namespaces.erp,
          partOf: "erp",
          monitorLabels,
          scrape: job,
        });
        return serviceMonitor;
      },
    );
  }
}
