/** Alertmanager's configuration in its own words. https://prometheus.io/docs/alerting/latest/configuration/ */
export interface AlertmanagerConfig {
  readonly route: Route;
  readonly inhibit_rules: readonly InhibitRule[];
  readonly time_intervals: readonly TimeInterval[];
  readonly receivers: readonly Receiver[];
  /** Files that define what receivers name: `messages.ts`. */
  readonly templates: readonly string[];
}

export interface Route {
  readonly receiver: string;
  /** Absent: every alert that its parent has. */
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  /** Whether later routes beside it are tried as well. */
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly object[];
}

/** A name, and a list for each way to reach somebody: `slack_configs` and its like. */
export type Receiver = { readonly name: string } & { readonly [way: `${string}_configs`]: readonly object[] };
