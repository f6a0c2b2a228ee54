import { breakingFields } from "./breaking-change";
import type { FieldChange, FoundChange } from "./change";
import type { DeployedObject } from "./deployed-objects";
import { leafChanges } from "./leaf-changes";

/** Changes that remove a protection of data against deletion. */
export function lostProtections(before: DeployedObject, after: DeployedObject): FoundChange[] {
  return breakingFields(before, leafChanges(before.content, after.content), reasonOf);
}

interface Protection {
  /** Pattern of the fields that contain the protection. */
  readonly field: RegExp;
  readonly isLost: (change: FieldChange) => boolean;
  readonly reason: string;
}

const protections: readonly Protection[] = [
  {
    field: /(^|\.)prevent_destroy$/,
    isLost: ({ before, after }) => before === true && after !== true,
    reason: "it loses a protection: Terraform no longer refuses to delete it",
  },
  {
    field: /helm\.sh\/resource-policy$/,
    isLost: ({ before, after }) => before === "keep" && after !== "keep",
    reason: "it loses a protection: Helm deletes its objects with the release, and with a CRD all objects of its kind",
  },
  {
    // By default, Kubernetes retains the volumes.
    field: /\.when_?(deleted|scaled)$/i,
    isLost: ({ after }) => after === "Delete",
    reason: "it loses a protection: volumes are deleted with their StatefulSet or its replicas",
  },
  {
    field: /\.persistent_volume_reclaim_policy$/,
    isLost: ({ before, after }) => before === "Retain" && after !== "Retain",
    reason: "it loses a protection: the storage behind the volume is deleted with its claim",
  },
];

function reasonOf(change: FieldChange): string | undefined {
  return protections.find(({ field, isLost }) => field.test(change.field) && isLost(change))?.reason;
}

/** Whether a field only determines what is deleted together with its object. */
export function isProtection(field: string): boolean {
  return protections.some((protection) => protection.field.test(field));
}
