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
import { shrunkRetention } from "./shrunk-retention";
import { volumeClaims } from "./volume-claims";

/** Changes that lose data, or that the cluster refuses: of state backends, and of objects that hold state. */
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

/** Kinds that contain data, or whose deletion deletes the data of others. */
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
    return [breakingChange(object, "removed", [], "Terraform deletes it and the data that it holds")];
  }
  const moved = fieldChanges(address, successor.address, "Terraform address");
  const fixed = fieldChanges(immutableFields(object), immutableFields(successor));
  return [
    ...(moved.length > 0 ? [breakingChange(object, "changed", moved, recreated)] : []),
    ...(fixed.length > 0 ? [breakingChange(object, "changed", fixed, immutable)] : []),
  ];
}

const recreated = "Terraform deletes it, with the data that it holds, and creates a new one";
const immutable = "Kubernetes refuses the change of an existing StatefulSet, or its volumes are left behind";

function nameChange(before: DeployedObject, after: DeployedObject): FieldChange {
  return { field: "name", before: before.name, after: after.name };
}

/** What an object that stays does with its data. */
function compareData(before: DeployedObject, after: DeployedObject | undefined): FoundChange[] {
  if (after === undefined) return [];
  return [
    ...compareClaims(before, after),
    ...lokiStorageChanges(before, after),
    ...shrunkRetention(before, after),
    ...lostProtections(before, after),
  ];
}
