import { evaluationSeconds, type Recording } from "../metrics/recording";
import type { AnyAlert } from "./alert";

/** A group of rules in Prometheus' format. */
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
  /** Time for which the condition must hold before the alert fires. @default it fires at once */
  readonly for?: string;
  /** Time for which the alert keeps firing after the condition has ended. @default it resolves at once */
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Values that all rules of an environment share. */
export interface Publication {
  /** Value of the label `environment`. */
  readonly environment: string;
  /** Address of the runbooks: `<base>/<alert>.md`. */
  readonly runbookBaseUrl: string;
}

/**
 * The rule groups of the alerts and recordings, in the order of their first rule. In a group, recordings come first,
 * so that alerts read values of the same evaluation.
 *
 * @param alertSeconds seconds between two evaluations of a group with alerts
 */
export function ruleGroups(
  alerts: readonly AnyAlert[],
  recordings: readonly Recording[],
  publication: Publication,
  alertSeconds = evaluationSeconds,
): RuleGroup[] {
  const names = new Set([...recordings, ...alerts].map(({ group }) => group));
  return [...names].map((name) => {
    const recorded = recordings.filter(({ group }) => group === name);
    const alerting = alerts.filter(({ group }) => group === name);
    const seconds = alerting.length > 0 ? alertSeconds : recorded[0]?.intervalSeconds;
    const rules = [...recorded.map(recordingRule), ...alerting.map((alert) => alertingRule(alert, publication))];
    return { name, interval: `${seconds}s`, rules };
  });
}

function recordingRule({ name, measure }: Recording): RecordingRule {
  return { record: name, expr: measure.text };
}

function alertingRule(alert: AnyAlert, { environment, runbookBaseUrl }: Publication): AlertingRule {
  return {
    alert: alert.name,
    expr: alert.expression.text,
    ...(alert.for && { for: alert.for }),
    ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
    labels: ruleLabels(alert, environment),
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: `${runbookBaseUrl}/${alert.name}.md`,
    },
  };
}

/** Labels that a rule adds to those of the expression. */
export function ruleLabels(alert: AnyAlert, environment: string): Readonly<Record<string, string>> {
  return {
    ...alert.labels,
    severity: alert.severity,
    service: alert.service,
    team: alert.team,
    environment,
    ...(alert.cause && { cause: alert.cause }),
    ...(alert.causedBy && { caused_by: alert.causedBy.join(",") }),
  };
}

/**
 * The groups, with the address of the panel that shows each alert as the annotation `dashboard_url`.
 * @param urls addresses of panels by the expression of the alert; an alert without an address gets no annotation
 */
export function linkDashboards(groups: readonly RuleGroup[], urls: ReadonlyMap<string, string>): readonly RuleGroup[] {
  const link = (rule: Rule): Rule => {
    const dashboard_url = "alert" in rule ? urls.get(rule.expr) : undefined;
    return "alert" in rule && dashboard_url ? { ...rule, annotations: { ...rule.annotations, dashboard_url } } : rule;
  };
  return groups.map((group) => ({ ...group, rules: group.rules.map(link) }));
}
