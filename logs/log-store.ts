import type { Query } from "../kit/queries/query";

/** Which lines: all that have every property that is given. A value may be a variable of a dashboard. */
export interface Lines {
  /** Namespaces that they were written in. */
  readonly namespaces: readonly [string, ...string[]];
  /** Program that wrote them. @default every program */
  readonly app?: string;
  /** Matches the whole name of the program that wrote them, as a regular expression. @default every program */
  readonly apps?: string;
  /** Pod that wrote them. @default every pod */
  readonly pod?: string;
  /** What is wrong with them. @default every line */
  readonly only?: "errors" | "without a level" | "redacted";
  /** Matches a part of the line, as a regular expression. @default any text */
  readonly contains?: string;
  /** Id of the request that they belong to. @default with or without a request */
  readonly requestId?: string;
  /** Matches the whole id of the request that they belong to, as a regular expression. @default with or without a request */
  readonly requestIds?: string;
  /** Kind of task that the workers ran when they wrote them. @default in every task and outside */
  readonly task?: string;
}

/** A property by which lines are counted apart. Those without it count as `none`. */
export type Property = "app" | "level" | "logger" | "route" | "task_name";

/**
 * What dashboards, links and commands ask of the logs: each store answers it in its own language. Counts are of the shown
 * time, step by step, unless a window is given.
 */
export interface LogStore<Asked extends Query> {
  /** The lines themselves. */
  lines(lines: Lines): Asked;
  /** Lines per second, by a property. */
  rate(lines: Lines, by: Property): Asked;
  /** Bytes per second, by a property. */
  bytes(lines: Lines, by: Property): Asked;
  /** Number of lines by a property, of its ten most frequent values. */
  mostFrequent(lines: Lines, by: Property): Asked;
  /** Number of lines within a window; 0 where there are none. */
  total(lines: Lines, window: string): Asked;
  /** Share that some lines have in others within a window; nothing where there are none. */
  share(some: Lines, all: Lines, window: string): Asked;
  /** Number of programs that wrote lines within a window. */
  writers(lines: Lines, window: string): Asked;
}
