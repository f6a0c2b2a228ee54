import type { TeamAlertJson } from "../../signals-json";
import type { FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";

/** Alerts of the files of teams that were added, removed or changed. Synths without any do not list them. */
export function compareTeamAlerts(
  before: readonly TeamAlertJson[] = [],
  after: readonly TeamAlertJson[] = [],
): FoundChange[] {
  return compareNamed("alerts", byTitle(before), byTitle(after), {
    summary: ({ expression, for: lasting, team }) => `\`${expression}\` for ${lasting}, team ${team}`,
    label: ({ name, labels }) => `${name} (${labels.severity})`,
  });
}

/** The alerts by their names. Several with one name are numbered in their order. */
function byTitle(alerts: readonly TeamAlertJson[]): Named<TeamAlertJson> {
  const earlier = (alert: TeamAlertJson, index: number) =>
    alerts.slice(0, index).filter(({ name, team }) => name === alert.name && team === alert.team).length;
  return Object.fromEntries(
    alerts.map((alert, index) => {
      const number = earlier(alert, index);
      return [`${alert.name} of ${alert.team}${number > 0 ? ` ${number + 1}` : ""}`, alert];
    }),
  );
}
