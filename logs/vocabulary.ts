import type { LogVocabulary } from "../kit/queries/logql/log-query";
import type { Label } from "../kit/queries/series";
import { erpDeployments, erpPrograms, namespaces } from "../settings/addresses";
import { metadataFields } from "./metadata";
import record from "./record.schema.json";

/** The agent reads the namespaces of `logAgent.namespaces` too: series may have other values than queries may name. */
const open = "`logAgent.namespaces` adds namespaces";
const programs: Label = { open, named: [...erpPrograms, ...erpDeployments] };

/** What can be asked of the logs. */
export const logVocabulary: LogVocabulary = {
  /** Of a stream: bounded and long-lived. `targets.ts` gives them, Loki adds `service_name`. */
  labels: new Map<string, Label>([
    ["namespace", { open, named: Object.values(namespaces) }],
    ["app", programs],
    ["container", programs],
    ["stream", { values: ["stdout", "stderr"] }],
    ["service_name", programs],
  ]),
  /** Beside a line, without end; found by their exact value. Loki itself adds `detected_level`. */
  metadata: new Map<string, Label>([
    ["pod", { open }],
    ["detected_level", { optional: true }],
    ...metadataFields.map((name) => [name, { ...fieldOf(name), optional: true }] as const),
  ]),
  /** Of the ERP's lines, which are JSON. */
  fields: new Map(Object.keys(record.properties).map((name) => [name, fieldOf(name)])),
};

/** A field with neither a list nor a pattern is free text. */
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
