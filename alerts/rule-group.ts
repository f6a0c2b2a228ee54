import type { Environment } from "../config/environment";
import { evaluationSeconds } from "../metrics/jobs";
import { type Recording, recordingSeconds } from "../metrics/recordings/recording";
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

export function alertGroup(
  name: string,
  alerts: readonly AnyAlert[],
  environment: Pick<Environment, "name" | "runbookBaseUrl">,
  seconds = evaluationSeconds,
): RuleGroup {
  return { name, interval: `${seconds}s`, rules: alerts.map((alert) => alertingRule(alert, environment)) };
}

export function recordingGroup(name: string, recordings: readonly Recording[]): RuleGroup {
  const rules = recordings.map(({ name, measure }) => ({ record: name, expr: measure.text }));
  return { name, interval: `${recordingSeconds}s`, rules };
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
    severity: alert.severity,
    service: alert.service,
    team: alert.team,
    environment: environment.name,
    ...(alert.cause && { cause: alert.cause }),
    ...(alert.causedBy && { caused_by: alert.causedBy.join(",") }),
  };
}

/** The groups, each alert with the address of the panel that shows it, where there is one. */
export function dashboardsLinked(
  groups: readonly RuleGroup[],
  urls: ReadonlyMap<string, string>,
): readonly RuleGroup[] {
  const linked = (rule: Rule): Rule => {
    const dashboard_url = "alert" in rule ? urls.get(rule.alert) : undefined;
    return "alert" in rule && dashboard_url ? { ...rule, annotations: { ...rule.annotations, dashboard_url } } : rule;
  };
  return groups.map((group) => ({ ...group, rules: group.rules.map(linked) }));
}
