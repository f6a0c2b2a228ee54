/** Fields of the ERP's lines that are kept beside them too, where they are found without reading the line. */
export const metadataFields = [
  "level",
  "request_id",
  "trace_id",
  "span_id",
  "user_id",
  "organization_id",
  "task_id",
] as const;
