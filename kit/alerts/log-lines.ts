import type record from "../../logs/record.schema.json";
import { inSeconds } from "../queries/duration";

/** Fields of a line, as `logs/record.schema.json` has them. */
export type LogRecord = Readonly<Partial<Record<keyof typeof record.properties, string | number>>>;

/** How one program goes on writing the same line: part after part, each for a time. */
export interface LogLines {
  /** Also the name of its stream. */
  readonly app: string;
  readonly record: LogRecord;
  readonly parts: readonly Part[];
}

interface Part {
  readonly for: string;
  /** In even distances; 0: it is silent. */
  readonly perMinute: number;
}

/** Lines of a program of the ERP; what is not given is as in any line. */
export function lines(app: string, parts: readonly Part[], given: LogRecord = {}): LogLines {
  const usual = { level: "INFO", logger: "erp.access", message: "GET /api/v1/orders 200", version: "1.0.0" };
  return { app, parts, record: { ...usual, environment: "production", service: app, ...given } };
}

export function writes(perMinute: number, time: string): Part {
  return { for: time, perMinute };
}

export function isSilent(time: string): Part {
  return { for: time, perMinute: 0 };
}

/** How long the longest of them goes on, in seconds. */
export function duration(given: readonly LogLines[]): number {
  return Math.max(0, ...given.map(({ parts }) => parts.reduce((sum, part) => sum + inSeconds(part.for), 0)));
}

/** Seconds from the start at which each line is written: the first of a part half a distance after it begins. */
export function times({ parts }: LogLines): number[] {
  let start = 0;
  return parts.flatMap(({ for: time, perMinute }) => {
    const begin = start;
    start += inSeconds(time);
    const count = Math.round((inSeconds(time) / 60) * perMinute);
    return Array.from({ length: count }, (_, index) => begin + ((index + 0.5) * 60) / perMinute);
  });
}
