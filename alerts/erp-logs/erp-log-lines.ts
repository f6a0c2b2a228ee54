import type { LogLines, LogPart } from "../../kit/alerts/stories/log-lines";
import { logql } from "../../kit/queries/query";
import type record from "../../logs/record.schema.json";
import { erpStreams } from "../../logs/streams";

/** Fields of a line, as `logs/record.schema.json` defines them. */
type LogRecord = Readonly<Partial<Record<keyof typeof record.properties, string | number>>>;

/** Number of log lines of each ERP program in five minutes. */
export const allLines = logql`sum by (app) (count_over_time(${erpStreams} [5m]))`;

/** Log lines of an ERP program. Fields that are not given have their usual values. */
export function lines(app: string, parts: readonly LogPart[], given: LogRecord = {}): LogLines {
  const usual = { level: "INFO", logger: "erp.access", message: "GET /api/v1/orders 200", version: "1.0.0" };
  return { app, parts, record: { ...usual, environment: "production", service: app, ...given } };
}
