import type { Construct } from "constructs";
import { KubernetesJob } from "../constructs/kubernetes-job";
import { namespaces } from "../settings/addresses";
import { type ErpProps, erpContainer, erpPod } from "./erp-pods";

const name = "erp-migrate";

/**
 * Migrates the database to the schema of the image. Pods of the new image wait for it, and old pods continue to serve.
 */
export class ErpMigration extends KubernetesJob {
  constructor(scope: Construct, id: string, { environment }: ErpProps) {
    super(scope, id, {
      ...erpPod(environment, name, "api"),
      namespace: namespaces.erp,
      terminationGracePeriodSeconds: 60,
      backoffLimit: 10,
      container: {
        ...erpContainer(environment, name),
        command: environment.erp.commands.migrate,
        resources: environment.erp.celery.beat.resources,
      },
    });
  }
}
