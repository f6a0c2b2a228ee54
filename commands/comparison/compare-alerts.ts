import { limitText, sideOf, type Unit } from "../../kit/alerts/limit";
import type { OverrideSummary } from "../../kit/alerts/override-summary";
import type { AlertJson, EnvironmentSignals } from "../../signals-json";
import type { FieldChange, FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";
import { fieldChanges } from "./field-changes";
import { followsLimit, movedLimits } from "./moved-limits";

/** The alerts of a synth. Older versions of the product do not list those that are switched off. */
type Alerts = Pick<EnvironmentSignals, "alerts"> & Partial<Pick<EnvironmentSignals, "switchedOff" | "overrides">>;

/** Alerts that were added, removed, switched off or changed. */
export function compareAlerts(
  { alerts: before, overrides: earlier = [] }: Alerts,
  { alerts: after, switchedOff = [], overrides = [] }: Alerts,
): FoundChange[] {
  const byTitle = (alerts: readonly AlertJson[]) => Object.fromEntries(alerts.map((alert) => [alert.title, alert]));
  const label = ({ title, severity }: AlertJson) => `${title} (${severity})`;
  const found = compareNamed("alerts", byTitle(before), byTitle(after), {
    fields: alertChanges,
    summary: alertSummary,
    label,
  });
  const explained = found.map((change) => {
    const off = change.what === "removed" && switchedOff.find(({ title }) => title === change.name);
    if (off) return { ...change, summary: `switched off, because ${off.because}` };
    const override = change.what === "changed" && overrides.find(({ title }) => title === change.name);
    return override ? { ...change, summary: `an override${untilText(override)}, because ${override.because}` } : change;
  });
  const changed = new Set(found.map(({ name }) => name));
  const reasons = compareNamed("alerts", reasonsOf(earlier), reasonsOf(overrides)).filter(
    ({ what, name }) => what === "changed" && !changed.has(name),
  );
  return [...explained, ...reasons].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function untilText({ until }: OverrideSummary): string {
  return until === undefined ? "" : ` until ${until}`;
}

/** The parts of overrides that change no alert, by the titles of the alerts. */
function reasonsOf(overrides: readonly OverrideSummary[]): Named<object> {
  return Object.fromEntries(
    overrides.map(({ title, because, until }) => [
      title,
      { "reason of the override": because, "last day of the override": until ?? "none" },
    ]),
  );
}

/** The facts that a reviewer of a new alert needs: when it fires, and which team is notified. */
function alertSummary(alert: AlertJson): string {
  const { limit, for: duration, labels } = alert;
  const team = labels.team === undefined ? "" : `, team ${labels.team}`;
  return `${sideOf(alert)} ${limitText({ value: limit.value, unit: limit.unit as Unit })} for ${duration}${team}`;
}

/** The fields that differ, without those that only repeat the limit. */
function alertChanges(before: AlertJson, after: AlertJson): readonly FieldChange[] {
  const limits = movedLimits([before], [after]);
  const texts = ["expression", "summary", "description"];
  const isTimed = before.for === after.for && before.keepFiringFor === after.keepFiringFor;
  return fieldChanges(comparable(before, isTimed), comparable(after, isTimed)).filter(
    ({ field, before: one, after: other }) => !(texts.includes(field) && followsLimit(one, other, limits)),
  );
}

/**
 * The compared fields of an alert, in the order in which a reviewer reads them.
 * @param isTimed whether the times of scenarios are compared: those of most scenarios move with `for`
 */
function comparable(alert: AlertJson, isTimed: boolean): object {
  const { comparison, limit, labels, expression, scenarios } = alert;
  const { severity: _severity, ...otherLabels } = labels;
  return {
    fires: comparison === ">" ? "above the limit" : "below the limit",
    limit: limitText({ value: limit.value, unit: limit.unit as Unit }),
    for: alert.for,
    "keep firing for": alert.keepFiringFor,
    severity: alert.severity,
    labels: otherLabels,
    group: alert.group,
    expression,
    summary: alert.summary,
    description: alert.description,
    scenarios: scenarios.map((scenario) => scenarioText(scenario, isTimed)),
  };
}

function scenarioText(
  { title, outcome, after, by, resolves }: AlertJson["scenarios"][number],
  isTimed: boolean,
): string {
  if (!isTimed || by === undefined) return `"${title}": ${outcome}`;
  const end = resolves && `, resolves by ${resolves.by}`;
  return `"${title}": ${outcome} after ${after} and by ${by}${end ?? ""}`;
}
