import { bytesOf } from "../../kit/queries/quantity";
import { breakingChange, breakingFields } from "./breaking-change";
import type { FieldChange, FoundChange } from "./change";
import type { DeployedObject, Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { isProtection } from "./lost-protections";
import { isSwitch, type VolumeClaim, volumeClaims } from "./volume-claims";

/** Changes of the volumes that an object defines, by the effect on their data. */
export function compareClaims(before: DeployedObject, after: DeployedObject): FoundChange[] {
  const [one, other] = [volumeClaims(before), volumeClaims(after)];
  const used = one.filter(({ isUsed }) => isUsed);
  const lost = used.filter(({ path }) => !isUsedAt(other, path));
  const kept = used.filter(({ path }) => isUsedAt(other, path));
  const added = other.filter(({ path, isUsed }) => isUsed && !isUsedAt(one, path) && wasDeployed(before, path));
  const changes = (claims: readonly VolumeClaim[]) =>
    claims.flatMap(({ path, around }) => changesAt(path, around, before, after));
  return [
    ...claimChanges(before, changes(lost), lost.length, switchedOff),
    ...breakingFields(
      before,
      kept.flatMap(({ path }) => changesIn(path, before, after)),
      (field) => reasonOf(before, field),
    ),
    ...claimChanges(before, changes(added), added.length, newVolume),
  ];
}

const switchedOff =
  "the pods no longer use the volume: they cannot read its data, and new data is lost when a pod ends";
const newVolume = "the pods start with an empty volume, and Kubernetes refuses to add one to an existing StatefulSet";
const grown = "existing volumes keep their size: docs/runbooks/grow-a-volume.md describes the manual steps";
const shrunk = "Kubernetes refuses to shrink a volume: keep the size, or move the data to a new volume";
const otherClass = "existing volumes keep their StorageClass: move the data to new volumes by hand";
const recreated = "Terraform deletes the claim and its data, and creates a new claim";
const otherTemplate = "existing volumes do not change, and Kubernetes refuses to change an existing StatefulSet";

function claimChanges(
  object: DeployedObject,
  fields: readonly FieldChange[],
  claims: number,
  reason: string,
): FoundChange[] {
  return claims > 0 ? [breakingChange(object, "changed", fields, reason)] : [];
}

function isUsedAt(claims: readonly VolumeClaim[], path: string): boolean {
  return claims.some((claim) => claim.path === path && claim.isUsed);
}

/**
 * Whether the component that uses the volume was deployed before: the first volume of a new component loses no data.
 */
function wasDeployed({ content }: DeployedObject, path: string): boolean {
  const keys = path.split(".");
  const outside = keys.slice(0, -1).map((_, index) => valueAt(content, keys.slice(0, index + 1)));
  return outside.every((value) => value !== undefined && (value as Fields).enabled !== false);
}

/** Changes in the definition of the volume, and in the switches around it. */
function changesAt(path: string, around: Fields, before: DeployedObject, after: DeployedObject): FieldChange[] {
  const switches = Object.keys(around).filter(isSwitch);
  return [path, ...switches].flatMap((at) => changesIn(at, before, after));
}

function changesIn(path: string, before: DeployedObject, after: DeployedObject): FieldChange[] {
  const keys = path.split(".");
  return fieldChanges(valueAt(before.content, keys), valueAt(after.content, keys), path);
}

function valueAt(content: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], content);
}

function reasonOf({ kind }: DeployedObject, change: FieldChange): string | undefined {
  const { field, before, after } = change;
  if (isProtection(field)) return undefined;
  if (/\.(storage|size)$/.test(field)) {
    const growth = bytesOf(String(after)) - bytesOf(String(before));
    if (growth > 0) return grown;
    if (growth < 0) return shrunk;
    if (growth === 0) return undefined;
  }
  // Terraform's provider replaces a claim when anything but its size changes.
  if (kind === "PersistentVolumeClaim") return recreated;
  return /\.storageClass(Name)?$/.test(field) ? otherClass : otherTemplate;
}
