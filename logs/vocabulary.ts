import type { LogVocabulary } from "../kit/queries/logql/log-query";
import type { Label } from "../kit/queries/series";
import { erpDeployments, erpPrograms, namespaces } from "../settings/addresses";
import { metadataFields } from "./metadata";
import record from "./record.schema.json";

/**
 * The agent also reads the namespaces in `logAgent.namespaces`, so that series may have more values than queries may
 * use.
 */
const open = "`logAgent.namespaces` adds namespaces";
const programs: Label = { open, named: [...erpPrograms, ...erpDeployments] };

/** Labels, metadata and fields that queries of logs may use. */
export const logVocabulary: LogVocabulary = {
  /** Labels of streams, with few values that rarely change. `targets.ts` sets them; Loki adds `service_name`. */
  labels: new Map<string, Label>([
    ["namespace", { open, named: Object.values(namespaces) }],
    ["app", programs],
    ["container", programs],
    ["stream", { values: ["stdout", "stderr"] }],
    ["service_name", programs],
  ]),
  /** Structured metadata, with any number of values, which is found by exact value. Loki adds `detected_level`. */
  metadata: new Map<string, Label>([
    ["pod", { open }],
    ["detected_level", { optional: true }],
    ...metadataFields.map((name) => [name, { ...fieldOf(name), optional: true }] as const),
  ]),
  /** Fields of the ERP's lines, which are JSON. */
  fields: new Map(Object.keys(record.properties).map((name) => [name, fieldOf(name)])),
};

/** The label of a field in `record.schema.json`. A field with neither a list of values nor a pattern is free text. */
function fieldOf(name: string): Label {
  const field: object = record.properties[name as keyof typeof record.properties];
  const values: Label =
    "enum" in field
      ? { values: field.enum as string[] }
      : "pattern" in field
        ? { pattern: String(field.pattern).replace(/^\^|\$$/g, "") }
        : { open: "the ERP writes it" };
  return record.required.includes(name) ? values : { ...values, optional: true };
}
