import type { FieldChange, FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";
import type { DeployedObject } from "./deployed-objects";
import { areaOf, type Facets, facets } from "./facets";
import { fieldChanges } from "./field-changes";

/** Differences between the objects of two synths: versions, permissions, network paths and all other fields. */
export function compareObjects(before: Named<DeployedObject>, after: Named<DeployedObject>): FoundChange[] {
  const whole = compareNamed("resources", before, after, { fields: addressChanges }).map((change) => {
    const object = before[change.name] ?? after[change.name];
    return change.what === "changed" || object === undefined ? change : { ...change, area: areaOf(object) };
  });
  const common = Object.keys(before).filter((name) => name in after);
  const parts = (objects: Named<DeployedObject>, area: keyof Facets) =>
    Object.fromEntries(common.map((name) => [name, facets(objects[name] as DeployedObject)[area]]));
  const areas = ["versions", "permissions", "network", "resources"] as const;
  return [...whole, ...areas.flatMap((area) => compareNamed(area, parts(before, area), parts(after, area)))];
}

/** Changes of the address in Terraform's state, after which Terraform deletes the object and creates it again. */
function addressChanges(before: DeployedObject, after: DeployedObject): readonly FieldChange[] {
  return fieldChanges(before.address, after.address, "Terraform address");
}
