import type { Construct } from "constructs";
import { UntypedResource } from "./untyped-resource";

interface MonitorProps {
  /** Slugs of the organisation and of the project. */
  readonly address: { readonly organization: string; readonly project: string };
  readonly name: string;
  /** Number of the team to which Sentry assigns the issues. */
  readonly teamId: string;
}

export interface SentryCronMonitorProps extends MonitorProps {
  /** The expected runs: five fields of crontab in UTC, or an interval. */
  readonly schedule: { readonly crontab: string } | { readonly everyMinutes: number };
  /** Minutes after which an expected run counts as missed. */
  readonly checkinMarginMinutes: number;
  /** Minutes after which a run that has started counts as failed. */
  readonly maxRuntimeMinutes: number;
  /** Number of missed or failed runs in sequence that open an issue. */
  readonly failureIssueThreshold: number;
}

/** A monitor in Sentry that opens an issue when a scheduled task does not report its runs. Its name is its slug. */
export class SentryCronMonitor extends UntypedResource {
  constructor(scope: Construct, id: string, { address, name, teamId, schedule, ...props }: SentryCronMonitorProps) {
    super(scope, id, "sentry_cron_monitor", {
      ...address,
      name,
      owner: { team_id: teamId },
      schedule: "crontab" in schedule ? schedule : { interval_value: schedule.everyMinutes, interval_unit: "minute" },
      timezone: "UTC",
      checkin_margin_minutes: props.checkinMarginMinutes,
      max_runtime_minutes: props.maxRuntimeMinutes,
      failure_issue_threshold: props.failureIssueThreshold,
      recovery_threshold: 1,
    });
  }
}

export interface SentryUptimeMonitorProps extends MonitorProps {
  /** Environment of the issues in Sentry. */
  readonly environment: string;
  readonly url: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

/** A monitor in Sentry that requests a URL from the internet, and opens an issue when it does not answer with 2xx. */
export class SentryUptimeMonitor extends UntypedResource {
  constructor(scope: Construct, id: string, { address, name, teamId, ...props }: SentryUptimeMonitorProps) {
    super(scope, id, "sentry_uptime_monitor", {
      ...address,
      name,
      owner: { team_id: teamId },
      environment: props.environment,
      url: props.url,
      method: "GET",
      interval_seconds: props.intervalSeconds,
      timeout_ms: props.timeoutSeconds * 1000,
      downtime_threshold: 3,
      recovery_threshold: 1,
    });
  }
}
