import type { LogVocabulary } from "../kit/queries/logql/log-query";
import type { Label } from "../kit/queries/series";
import { metadataFields } from "./metadata";
import record from "./record.schema.json";

/** Of a stream: bounded and long-lived. `targets.ts` gives them, Loki adds `service_name`. */
const streamLabels = ["namespace", "app", "container", "stream", "service_name"];

/** What can be asked of the logs. */
export const logVocabulary: LogVocabulary = {
  labels: new Map(streamLabels.map((name) => [name, {}])),
  /** Beside a line, without end; found by their exact value. Loki itself adds `detected_level`. */
  metadata: new Map<string, Label>([
    ["pod", {}],
    ["detected_level", { optional: true }],
    ...metadataFields.map((name) => [name, { ...fieldOf(name), optional: true }] as const),
  ]),
  /** Of the ERP's lines, which are JSON. */
  fields: new Map(Object.keys(record.properties).map((name) => [name, fieldOf(name)])),
};

function fieldOf(name: string): Label {
  const field: object = record.properties[name as keyof typeof record.properties];
  const values = "enum" in field ? { values: field.enum as string[] } : {};
  return record.required.includes(name) ? values : { ...values, optional: true };
}
