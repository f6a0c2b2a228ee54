/**
 * Fields of the ERP's lines that are also stored as structured metadata, where they are found without parsing the line.
 */
export const metadataFields = [
  "level",
  "request_id",
  "trace_id",
  "span_id",
  "user_id",
  "organization_id",
  "task_id",
] as const;
