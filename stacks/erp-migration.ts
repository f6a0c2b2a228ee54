import type { Construct } from "constructs";
import { namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import { Job } from "../constructs/job";
import { erpContainer, erpPod } from "./erp-pods";

const name = "erp-migrate";

/** Brings the database to the schema of the image. Pods of that image wait for it; the old ones go on serving. */
export class ErpMigration extends Job {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "Migration", {
      ...erpPod(environment, name),
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
