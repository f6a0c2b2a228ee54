import type { Query } from "../kit/queries/query";

/** Selection of log lines. A line must match every property that is set. A value may be a variable of a dashboard. */
export interface Lines {
  /** Namespaces of the programs that wrote the lines. */
  readonly namespaces: readonly [string, ...string[]];
  /** Program that wrote the lines. @default every program */
  readonly app?: string;
  /** Regular expression for the whole name of the program that wrote the lines. @default every program */
  readonly apps?: string;
  /** Pod that wrote the lines. @default every pod */
  readonly pod?: string;
  /** Problem that the lines have. @default every line */
  readonly only?: "errors" | "without a level" | "redacted";
  /** Regular expression for a part of the line. @default any text */
  readonly contains?: string;
  /** Id of the request that the lines belong to. @default with or without a request */
  readonly requestId?: string;
  /** Regular expression for the whole id of the request that the lines belong to. @default with or without a request */
  readonly requestIds?: string;
  /** Name of the task that a worker ran when it wrote the lines. @default any task, or none */
  readonly task?: string;
}

/** A property by which lines are grouped. Lines without it are in the group `none`. */
export type Property = "app" | "level" | "logger" | "route" | "task_name";

/**
 * Queries of logs that dashboards, links and commands use. Each store implements them in its query language. Counts
 * cover the displayed time, step by step, unless a window is given.
 */
export interface LogStore<Asked extends Query> {
  /** The lines. */
  lines(lines: Lines): Asked;
  /** Lines per second, grouped by a property. */
  rate(lines: Lines, by: Property): Asked;
  /** Bytes per second, grouped by a property. */
  bytes(lines: Lines, by: Property): Asked;
  /** Number of lines for the ten most frequent values of a property. */
  mostFrequent(lines: Lines, by: Property): Asked;
  /** Number of lines within a window. 0 if there are none. */
  total(lines: Lines, window: string): Asked;
  /** Share of some lines in all lines within a window. There is no value if there are no lines. */
  share(some: Lines, all: Lines, window: string): Asked;
  /** Number of programs that wrote lines within a window. */
  writers(lines: Lines, window: string): Asked;
}
