import type { Environment } from "../../config/environment";
import { evaluationSeconds } from "../../metrics/jobs";
import { type Recording, recordingSeconds } from "../metrics/recording";
import type { AnyAlert } from "./alert";

/** Prometheus' own form of a group of rules. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

export type Rule = AlertingRule | RecordingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Rhythm {
  /** What the alerts read: recorded before them, so that they see it at once. */
  readonly recordings?: readonly Recording[];
  /** Seconds between two evaluations. @default that of Prometheus' rules */
  readonly seconds?: number;
}

export function alertGroup(
  name: string,
  alerts: readonly AnyAlert[],
  environment: Pick<Environment, "name" | "runbookBaseUrl">,
  { recordings = [], seconds = evaluationSeconds }: Rhythm = {},
): RuleGroup {
  const rules = [...recordings.map(recordingRule), ...alerts.map((alert) => alertingRule(alert, environment))];
  return { name, interval: `${seconds}s`, rules };
}

export function recordingGroup(name: string, recordings: readonly Recording[]): RuleGroup {
  return { name, interval: `${recordingSeconds}s`, rules: recordings.map(recordingRule) };
}

function recordingRule({ name, measure }: Recording): RecordingRule {
  return { record: name, expr: measure.text };
}

function alertingRule(alert: AnyAlert, environment: Pick<Environment, "name" | "runbookBaseUrl">): AlertingRule {
  return {
    alert: alert.name,
    expr: alert.expression.text,
    ...(alert.for && { for: alert.for }),
    ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
    labels: labelsOf(alert, environment),
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: `${environment.runbookBaseUrl}/${alert.name}.md`,
    },
  };
}

/** The labels that a rule gives its alert, besides those of the expression. */
export function labelsOf(alert: AnyAlert, environment: Pick<Environment, "name">): Readonly<Record<string, string>> {
  return {
    ...alert.labels,
    severity: alert.severity,
    service: alert.service,
    team: alert.team,
    environment: environment.name,
    ...(alert.cause && { cause: alert.cause }),
    ...(alert.causedBy && { caused_by: alert.causedBy.join(",") }),
  };
}

/** The groups, each alert with the address of the panel that shows its expression, where there is one. */
export function dashboardsLinked(
  groups: readonly RuleGroup[],
  urls: ReadonlyMap<string, string>,
): readonly RuleGroup[] {
  const linked = (rule: Rule): Rule => {
    const dashboard_url = "alert" in rule ? urls.get(rule.expr) : undefined;
    return "alert" in rule && dashboard_url ? { ...rule, annotations: { ...rule.annotations, dashboard_url } } : rule;
  };
  return groups.map((group) => ({ ...group, rules: group.rules.map(linked) }));
}
