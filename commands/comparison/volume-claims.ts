import type { DeployedObject } from "./deployed-objects";

/** What of a volume decides whether the existing one is used again. */
type Claims = Readonly<Record<string, unknown>>;

/** The volume claims of an object, by where they are defined. For a chart these are the values that define volumes. */
export function volumeClaims({ kind, content }: DeployedObject): Claims {
  if (kind === "PersistentVolumeClaim") return { spec: content.spec };
  return kind === "Helm release" ? claimsIn(content.values, "values") : {};
}

function claimsIn(value: unknown, path: string): Claims {
  if (typeof value !== "object" || value === null) return {};
  const found = Object.entries(value).map(([key, item]): Claims => {
    const at = `${path}.${key}`;
    if (key === "volumeClaimTemplate") return { [at]: item };
    if (key === "persistence" && isEnabled(item)) return { [at]: item };
    return claimsIn(item, at);
  });
  return Object.assign({}, ...found);
}

function isEnabled(persistence: unknown): boolean {
  return typeof persistence === "object" && persistence !== null && !("enabled" in persistence && !persistence.enabled);
}
