import type { Stack } from "../read-stack";
import type { FieldChange, FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { volumeClaims } from "./volume-claims";

/** Changes that lose data, or that the cluster refuses: of state backends, and of objects that hold state. */
export function compareState(
  stacks: { readonly before: readonly Stack[]; readonly after: readonly Stack[] },
  before: Named<DeployedObject>,
  after: Named<DeployedObject>,
): FoundChange[] {
  return [
    ...compareBackends(stacks.before, stacks.after),
    ...Object.values(before)
      .filter(isStateful)
      .flatMap((object) => compareStateful(object, after)),
  ];
}

function compareBackends(before: readonly Stack[], after: readonly Stack[]): FoundChange[] {
  const backends = (stacks: readonly Stack[]) =>
    Object.fromEntries(
      stacks.map(({ name, settings }) => [
        `state of the stack ${name.slice(name.lastIndexOf("-") + 1)}`,
        (settings.terraform as { readonly backend: Fields }).backend,
      ]),
    );
  return compareNamed("state", backends(before), backends(after))
    .filter(({ what }) => what !== "added")
    .map((change) => ({
      ...change,
      breaking:
        change.what === "removed"
          ? "the stack is gone: nothing deletes or updates what it has deployed"
          : "Terraform does not find the present state: it would create everything again",
    }));
}

/** Kinds that contain data, or whose deletion deletes the data of others. */
function isStateful(object: DeployedObject): boolean {
  const { kind, content } = object;
  if (["PersistentVolumeClaim", "PersistentVolume", "StatefulSet", "Namespace"].includes(kind)) return true;
  if (kind !== "Helm release") return false;
  return /\bcrds\b/.test(`${content.name} ${content.chart}`) || Object.keys(volumeClaims(object)).length > 0;
}

function compareStateful(object: DeployedObject, after: Named<DeployedObject>): FoundChange[] {
  const { name, address, kind } = object;
  const successor = after[name];
  if (successor === undefined) {
    const renamed = Object.values(after).find((other) => other.kind === kind && other.address === address);
    if (renamed) return [breaking(object, "changed", [nameChange(object, renamed)], recreated)];
    return [breaking(object, "removed", [], "Terraform deletes it and the data that it holds")];
  }
  const moved = fieldChanges(address, successor.address, "Terraform address");
  const claims = fieldChanges(volumeClaims(object), volumeClaims(successor));
  const fixed = fieldChanges(immutableFields(object), immutableFields(successor));
  return [
    ...(moved.length > 0 ? [breaking(object, "changed", moved, recreated)] : []),
    ...(claims.length > 0 ? [breaking(object, "changed", claims, claimChanged)] : []),
    ...(fixed.length > 0 ? [breaking(object, "changed", fixed, immutable)] : []),
  ];
}

const recreated = "Terraform deletes it, with the data that it holds, and creates a new one";
const claimChanged = "existing volumes do not follow: docs/runbooks/grow-a-volume.md describes the manual steps";
const immutable = "Kubernetes refuses the change of an existing StatefulSet, or its volumes are left behind";

function nameChange(before: DeployedObject, after: DeployedObject): FieldChange {
  return { field: "name", before: before.name, after: after.name };
}

function breaking(
  { name }: DeployedObject,
  what: FoundChange["what"],
  fields: readonly FieldChange[],
  reason: string,
): FoundChange {
  return { area: "state", what, name, fields, breaking: reason };
}

/**
 * Fields of a StatefulSet's spec that may change, in Terraform's names. `revisionHistoryLimit` is not among them, because
 * older versions of Kubernetes refuse it.
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

/** Values by which charts name their StatefulSets, or choose which ones there are. */
const namingValues = new Set(["fullnameOverride", "nameOverride", "namespaceOverride", "deploymentMode"]);

function immutableFields({ kind, content }: DeployedObject): Fields {
  const keep = (fields: unknown, isKept: (key: string) => boolean) =>
    Object.fromEntries(Object.entries((fields ?? {}) as Fields).filter(([key]) => isKept(key)));
  if (kind === "StatefulSet") return { spec: keep(content.spec, (key) => !mutable.has(key)) };
  return kind === "Helm release" ? { values: keep(content.values, (key) => namingValues.has(key)) } : {};
}
