import { namespaces } from "../../../settings/addresses";
import { condition, type WorkloadObject } from "../../rollouts/objects";
import type { Check } from "../check";

const name = "erp-migrate";

export const migration: Check = {
  id: "migration",
  title: "the migration of the database is done",
  permissions: [{ namespaces: [namespaces.erp], group: "batch", resources: ["jobs"], verbs: ["list"] }],
  async run(deployment) {
    const job = (await deployment.workloads()).find(
      (object): object is WorkloadObject => object.kind === "Job" && object.metadata.name === name,
    );
    const where = `Job ${namespaces.erp}/${name}`;
    if (job === undefined) {
      return { failures: [{ where, expected: "complete", found: "it does not exist", runbook: "interrupted-apply" }] };
    }
    const { conditions, failed = 0 } = job.status;
    if (condition(conditions, "Complete")?.status === "True") return { failures: [] };
    const failure = condition(conditions, "Failed");
    const found =
      failure?.status === "True"
        ? `${failure.reason}: ${failure.message}`
        : `not complete, failed ${failed} times so far`;
    return { failures: [{ where, expected: "complete", found, runbook: "ErpJobFailed" }] };
  },
};
