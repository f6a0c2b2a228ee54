import type { FieldChange, FoundChange } from "./change";
import { chartChangeLog, imageChangeLog } from "./change-logs";
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
  const areas = ["versions", "permissions", "network", "requests", "resources"] as const;
  return [
    ...whole,
    ...areas.flatMap((area) => compareNamed(area, parts(before, area), parts(after, area))).map(withChangeLogs(after)),
  ];
}

/** The change of versions with the addresses of their change logs. */
function withChangeLogs(objects: Named<DeployedObject>): (change: FoundChange) => FoundChange {
  return (change) => {
    if (change.area !== "versions") return change;
    const chart = objects[change.name]?.content.chart;
    const fields = change.fields.map((field): FieldChange => {
      const version = typeof field.after === "string" ? field.after : "";
      const changeLog = field.field === "version" ? chartChangeLog(String(chart), version) : imageChangeLog(version);
      return changeLog === undefined ? field : { ...field, changeLog };
    });
    return { ...change, fields };
  };
}

/** Changes of the address in Terraform's state, after which Terraform deletes the object and creates it again. */
function addressChanges(before: DeployedObject, after: DeployedObject): readonly FieldChange[] {
  return fieldChanges(before.address, after.address, "Terraform address");
}
