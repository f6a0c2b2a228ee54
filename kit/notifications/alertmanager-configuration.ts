/**
 * Alertmanager's configuration, with Alertmanager's field names. Only the fields that we set are listed.
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export interface AlertmanagerConfig {
  readonly route: Route;
  readonly inhibit_rules: readonly InhibitRule[];
  readonly time_intervals: readonly TimeInterval[];
  readonly receivers: readonly Receiver[];
  /** Files with the templates that the receivers use. */
  readonly templates: readonly string[];
}

/**
 * A node of the routing tree. Without `matchers` it matches every alert of its parent; with `continue` the routes
 * after it are tried as well. Only the fields that we set are listed.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
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

/** A name, and a list for each kind of integration, such as `slack_configs`. */
export type Receiver = { readonly name: string } & { readonly [way: `${string}_configs`]: readonly object[] };
