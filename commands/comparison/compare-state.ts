import type { Stack } from "../read-stack";
import { breakingChange } from "./breaking-change";
import type { FieldChange, FoundChange } from "./change";
import { compareBackends } from "./compare-backends";
import { compareClaims } from "./compare-claims";
import type { Named } from "./compare-named";
import type { DeployedObject } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { immutableFields } from "./immutable-fields";
import { lokiStorageChanges } from "./loki-storage";
import { lostProtections } from "./lost-protections";
import { mountedClaimChanges } from "./mounted-claims";
import { retentionChanges } from "./retention-changes";
import { volumeClaims } from "./volume-claims";

/** Changes of state backends and of stateful objects that lose data, or that the cluster rejects. */
export function compareState(
  stacks: { readonly before: readonly Stack[]; readonly after: readonly Stack[] },
  before: Named<DeployedObject>,
  after: Named<DeployedObject>,
): FoundChange[] {
  return [
    ...compareBackends(stacks.before, stacks.after),
    ...Object.values(before).flatMap((object) => [
      ...(isStateful(object) ? compareStateful(object, after) : []),
      ...mountedClaimChanges(object, before, after),
      ...compareData(object, after[object.name]),
    ]),
  ];
}

/** Whether an object contains data, or its deletion deletes the data of other objects. */
function isStateful(object: DeployedObject): boolean {
  const { kind, content } = object;
  if (["PersistentVolumeClaim", "PersistentVolume", "StatefulSet", "Namespace"].includes(kind)) return true;
  if (kind !== "Helm release") return false;
  return /\bcrds\b/.test(`${content.name} ${content.chart}`) || volumeClaims(object).some(({ isUsed }) => isUsed);
}

function compareStateful(object: DeployedObject, after: Named<DeployedObject>): FoundChange[] {
  const { name, address, kind } = object;
  const successor = after[name];
  if (successor === undefined) {
    const renamed = Object.values(after).find((other) => other.kind === kind && other.address === address);
    if (renamed) return [breakingChange(object, "changed", [nameChange(object, renamed)], recreated)];
    return [breakingChange(object, "removed", [], "Terraform deletes it and its data")];
  }
  const moved = fieldChanges(address, successor.address, "Terraform address");
  const fixed = fieldChanges(immutableFields(object), immutableFields(successor));
  return [
    ...(moved.length > 0 ? [breakingChange(object, "changed", moved, recreated)] : []),
    ...(fixed.length > 0 ? [breakingChange(object, "changed", fixed, immutable)] : []),
  ];
}

const recreated = "Terraform deletes it and its data, and creates a new one";
const immutable = "Kubernetes refuses to change an existing StatefulSet, or the pods no longer use its volumes";

function nameChange(before: DeployedObject, after: DeployedObject): FieldChange {
  return { field: "name", before: before.name, after: after.name };
}

/** Changes of an object that affect its data, if the object exists in both synths. */
function compareData(before: DeployedObject, after: DeployedObject | undefined): FoundChange[] {
  if (after === undefined) return [];
  return [
    ...compareClaims(before, after),
    ...lokiStorageChanges(before, after),
    ...retentionChanges(before, after),
    ...lostProtections(before, after),
  ];
}
