import type { DeployedObject, Fields } from "./deployed-objects";
import { namesOfStateful } from "./volume-claims";

/** The fields of an object that Kubernetes refuses to change, or that determine which volumes it uses. */
export function immutableFields(object: DeployedObject): Fields {
  const { kind, content } = object;
  if (kind === "Helm release") return namesOfStateful(object);
  if (kind !== "StatefulSet") return {};
  const spec = Object.entries((content.spec ?? {}) as Fields).filter(([key]) => !mutable.has(key));
  return { spec: Object.fromEntries(spec) };
}

/**
 * Fields of a StatefulSet's spec that may change, in Terraform's names. `revisionHistoryLimit` is not among them,
 * because older versions of Kubernetes reject such a change.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
const mutable = new Set([
  "replicas",
  "ordinals",
  "template",
  "update_strategy",
  "persistent_volume_claim_retention_policy",
  "min_ready_seconds",
]);
