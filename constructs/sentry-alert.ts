import type { Construct } from "constructs";
import { UntypedResource } from "./untyped-resource";

export interface SentryAlertProps {
  /** Slug of the organisation. */
  readonly organization: string;
  readonly name: string;
  /** Numbers of the monitors whose issues the alert is about. */
  readonly monitorIds: readonly string[];
  /** Names of the events of an issue that trigger the alert. @default every event of an issue */
  readonly triggers?: readonly string[];
  /** Conditions that must all hold, each an object with its name and its arguments. @default none */
  readonly conditions?: readonly object[];
  readonly actions: readonly SentryAction[];
  /** The alert notifies at most once in this time about each issue. */
  readonly frequencyMinutes: number;
}

/** What an alert in Sentry does. */
export type SentryAction =
  | {
      readonly slack: {
        /** Number of the integration. */
        readonly integration_id: string;
        readonly channel_name: string;
        readonly tags: string;
        readonly notes: string;
      };
    }
  | {
      readonly pagerduty: {
        /** Number of the integration. */
        readonly integration_id: string;
        readonly service_id: string;
        readonly service_name: string;
        readonly severity: "warning";
      };
    }
  | {
      readonly email: {
        readonly target_type: "team";
        /** Number of the team. */
        readonly target_id: string;
      };
    };

/** An alert in Sentry. The id is also its name in the state. */
export class SentryAlert extends UntypedResource {
  constructor(scope: Construct, id: string, { triggers = [], conditions = [], actions, ...props }: SentryAlertProps) {
    super(scope, id, "sentry_alert", {
      organization: props.organization,
      name: props.name,
      monitor_ids: props.monitorIds,
      frequency_minutes: props.frequencyMinutes,
      trigger_conditions: triggers.map((trigger) => ({ [trigger]: {} })),
      action_filters: [{ logic_type: "all", conditions, actions }],
    });
  }
}
