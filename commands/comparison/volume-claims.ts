import type { DeployedObject, Fields } from "./deployed-objects";

/** The definition of a volume in an object. For a chart, it consists of values. */
export interface VolumeClaim {
  /** Path of the definition, such as `values.singleBinary.persistence`. */
  readonly path: string;
  readonly definition: Fields;
  /** Whether the pods use the volume. */
  readonly isUsed: boolean;
  /** Values around the definition that switch the component off or name its objects, by their paths. */
  readonly around: Fields;
}

/** All volume definitions of an object, including unused ones. */
export function volumeClaims({ kind, content }: DeployedObject): VolumeClaim[] {
  if (kind === "PersistentVolumeClaim") {
    return [{ path: "spec", definition: content.spec as Fields, isUsed: true, around: {} }];
  }
  return kind === "Helm release" && isFields(content.values) ? claimsIn(content.values, "values", {}) : [];
}

/** The values of a release that determine the names of the objects which use its volumes, by their paths. */
export function namesOfStateful(release: DeployedObject): Fields {
  const { values } = release.content;
  const around = volumeClaims(release).map((claim) => claim.around);
  const all: Fields = Object.assign(isFields(values) ? decisiveValues(values, "values") : {}, ...around);
  return Object.fromEntries(Object.entries(all).filter(([path]) => !isSwitch(path)));
}

function claimsIn(values: Fields, path: string, outside: Fields): VolumeClaim[] {
  const around = { ...outside, ...decisiveValues(values, path) };
  return Object.entries(values).flatMap(([key, item]) => {
    if (!isFields(item)) return [];
    const at = `${path}.${key}`;
    if (!definesVolume(key, item)) return claimsIn(item, at, around);
    const isUsed =
      !isOff(item.enabled) && !isOff(item.volumeClaimsEnabled) && !Object.entries(around).some(isSwitchedOff);
    return [{ path: at, definition: item, isUsed, around }];
  });
}

/** The operator uses `volumeClaimTemplate`, and the other charts use `persistence`. */
function definesVolume(key: string, item: Fields): boolean {
  return "volumeClaimTemplate" in item || key === "persistence";
}

/** Keys of values that determine the names of the objects that use a volume, or which of them exist. */
const namingValues = new Set([
  "agentMode",
  "cleanPrometheusOperatorObjectNames",
  "deploymentMode",
  "fullnameOverride",
  "nameOverride",
  "namespaceOverride",
]);

/**
 * The values beside a volume or above it that determine which objects use it. An absent value is the same as `false`.
 */
function decisiveValues(values: Fields, path: string): Fields {
  const found = Object.entries(values).filter(
    ([key, value]) => (namingValues.has(key) && !isOff(value)) || (key === "enabled" && typeof value === "boolean"),
  );
  return Object.fromEntries(found.map(([key, value]) => [`${path}.${key}`, value]));
}

/** Whether the path is that of a switch, and not of a value that names objects. */
export function isSwitch(path: string): boolean {
  return path.endsWith(".enabled");
}

function isSwitchedOff([path, value]: [string, unknown]): boolean {
  return isSwitch(path) && isOff(value);
}

function isOff(value: unknown): boolean {
  return value === false;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
