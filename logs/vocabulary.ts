import type { LogVocabulary } from "../queries/logql/pipeline";
import type { Label } from "../queries/series";

/** What can be asked of the logs. */
export const logVocabulary: LogVocabulary = {
  /** Of a stream: bounded and long-lived. The agent's chart gives them, Loki adds `service_name`. */
  labels: known(["namespace", "app", "component?", "container", "job", "stream", "service_name"]),
  /** Beside a line, without end; found by their exact value. Loki itself adds `detected_level`. */
  metadata: known([
    "pod",
    "request_id?",
    "trace_id?",
    "span_id?",
    "user_id?",
    "organization_id?",
    "task_id?",
    "detected_level?",
  ]),
  /** Of the ERP's lines, which are JSON. */
  fields: known([
    "timestamp",
    "level",
    "logger",
    "message",
    "service",
    "environment",
    "version?",
    "request_id?",
    "trace_id?",
    "span_id?",
    "user_id?",
    "organization_id?",
    "task_id?",
    "method?",
    "path?",
    "status?",
    "duration_ms?",
    "exc_info?",
  ]),
};

function known(names: readonly string[]): ReadonlyMap<string, Label> {
  return new Map(names.map((name) => [name.replace(/\?$/, ""), name.endsWith("?") ? { optional: true } : {}]));
}
