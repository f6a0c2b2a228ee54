import { isDeepStrictEqual } from "node:util";
import { breakingFields } from "./breaking-change";
import type { FoundChange } from "./change";
import type { DeployedObject, Fields } from "./deployed-objects";
import { leafChanges } from "./leaf-changes";

/** Changes after which Loki no longer finds the lines that it has stored. */
export function lokiStorageChanges(before: DeployedObject, after: DeployedObject): FoundChange[] {
  const [one, other] = [lokiValues(before), lokiValues(after)];
  if (one === undefined || other === undefined) return [];
  const keepsPeriods = isExtended(periods(one), periods(other));
  return breakingFields(before, leafChanges(one, other, "values.loki"), ({ field }) => {
    if (isSchema(field)) return keepsPeriods ? undefined : otherSchema;
    if (isPlace(field)) return otherPlace;
    return field.endsWith(".auth_enabled") ? otherTenant : undefined;
  });
}

const otherSchema =
  "Loki cannot read the lines of the changed period: append a period that starts in the future instead";
const otherPlace = "Loki looks for its lines in another place: it does not find the existing lines until you move them";
const otherTenant = "Loki looks for the lines of another tenant: it does not find the existing lines";

/** The values of the chart under `loki`, which are Loki's own configuration. */
export function lokiValues({ kind, content }: DeployedObject): Fields | undefined {
  return kind === "Helm release" ? ((content.values as Fields).loki as Fields | undefined) : undefined;
}

/** A section of Loki's effective configuration: `structuredConfig` overrides the chart's own values. */
export function lokiSection(values: Fields, chartName: string, lokiName = chartName): Fields {
  const structured = (values.structuredConfig ?? {}) as Fields;
  return { ...(values[chartName] as Fields), ...(structured[lokiName] as Fields) };
}

function periods(values: Fields): Fields[] {
  return [...((lokiSection(values, "schemaConfig", "schema_config").configs ?? []) as Fields[])].sort((one, other) =>
    String(one.from) < String(other.from) ? -1 : 1,
  );
}

/** Whether periods were only appended. */
function isExtended(before: readonly Fields[], after: readonly Fields[]): boolean {
  return isDeepStrictEqual(before, after.slice(0, before.length));
}

function isSchema(field: string): boolean {
  return /\.(schemaConfig|schema_config)(\.|$)/.test(field);
}

function isPlace(field: string): boolean {
  if (/\.(commonConfig|common)\.(path_prefix|storage)(\.|$)/.test(field)) return true;
  const keys = field.split(".");
  if (/^values\.loki\.storage(\.|$)/.test(field)) return !keys.some((key) => accessKeys.has(key));
  return /\.storage_config\./.test(field) && /bucket|endpoint|region|account|container|directory|prefix/i.test(field);
}

/** Keys of `loki.storage` that configure access. Every other key determines the place of the data. */
const accessKeys = new Set([
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
  "accountKey",
  "signatureVersion",
  "s3ForcePathStyle",
  "insecure",
  "disable_dualstack",
  "http_config",
  "backoff_config",
  "requestTimeout",
  "chunkBufferSize",
  "enableHttp2",
  "useManagedIdentity",
  "useFederatedToken",
  "userAssignedId",
]);
