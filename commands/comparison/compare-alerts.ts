import { limitText, sideOf, type Unit } from "../../kit/alerts/limit";
import type { AlertJson } from "../../signals-json";
import type { FieldChange, FoundChange } from "./change";
import { compareNamed } from "./compare-named";
import { fieldChanges } from "./field-changes";

/** Alerts that were added, removed or changed. */
export function compareAlerts(before: readonly AlertJson[], after: readonly AlertJson[]): FoundChange[] {
  const byTitle = (alerts: readonly AlertJson[]) => Object.fromEntries(alerts.map((alert) => [alert.title, alert]));
  return compareNamed("alerts", byTitle(before), byTitle(after), { fields: alertChanges, summary: alertSummary });
}

/** The facts that a reviewer of a new alert needs: when it fires, and which team is notified. */
function alertSummary(alert: AlertJson): string {
  const { limit, for: duration, severity, labels } = alert;
  const team = labels.team === undefined ? "" : `, team ${labels.team}`;
  return `${sideOf(alert)} ${limitText({ value: limit.value, unit: limit.unit as Unit })} for ${duration}, ${severity}${team}`;
}

function alertChanges(before: AlertJson, after: AlertJson): readonly FieldChange[] {
  const found = fieldChanges(comparable(before), comparable(after));
  return found.filter(({ field }) => field !== "expression" || !differsInLimitOnly(before, after));
}

/** Whether the expressions are equal apart from the limit, which is a separate field. */
function differsInLimitOnly(before: AlertJson, after: AlertJson): boolean {
  const condition = ({ comparison, limit }: AlertJson) => `${comparison} ${limit.value}`;
  const parts = before.expression.split(condition(before)).map(escapePattern);
  const either = `(?:${escapePattern(condition(before))}|${escapePattern(condition(after))})`;
  return parts.length > 1 && new RegExp(`^${parts.join(either)}$`, "s").test(after.expression);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** The compared fields of an alert, in the order in which a reviewer reads them. */
function comparable(alert: AlertJson): object {
  const { comparison, limit, labels, expression, scenarios } = alert;
  return {
    fires: comparison === ">" ? "above the limit" : "below the limit",
    limit: limitText({ value: limit.value, unit: limit.unit as Unit }),
    for: alert.for,
    "keep firing for": alert.keepFiringFor,
    severity: alert.severity,
    labels,
    group: alert.group,
    expression,
    summary: alert.summary,
    description: alert.description,
    scenarios: scenarios.map(({ title, outcome }) => `${title}: ${outcome}`),
  };
}
