import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Alert } from "../../alerts/alert";
import type { Unit } from "../../alerts/limit";
import { link } from "./links";
import { type Panel, timeseries } from "./panels";
import { above, below } from "./thresholds";

/** What an alert measures, with the limit beyond which it fires: both are the alert's own. */
export function alertPanel(alert: Alert, { runbookBaseUrl, width }: { runbookBaseUrl: string; width: number }): Panel {
  const { name, summary, measure, limit, comparison, provided, on = [] } = alert;
  const beyond = `${comparison === ">" ? "above" : "below"} ${limit} (${limit.unit})`;
  const lasting = alert.for ? ` for ${alert.for}` : "";
  const condition = provided ? ` Only while: ${provided}.` : "";
  return timeseries({
    title: `${name}: what it measures`,
    description: `${summary} Fires while this is ${beyond}${lasting}.${condition} The runbook says what to do.`,
    unit: shownAs[limit.unit],
    width,
    queries: [{ query: measure, legend: on.map((label) => `{{${label}}}`).join(" ") || "measured" }],
    thresholds: comparison === ">" ? above({ red: limit.value }) : below({ red: limit.value }),
    links: [link({ title: `Runbook of ${name}`, url: `${runbookBaseUrl}/${name}.md` })],
  });
}

const shownAs: Record<Unit, string> = {
  ratio: units.PercentUnit,
  factor: units.NoUnit,
  seconds: units.Seconds,
  bytes: units.BytesIEC,
  perSecond: units.CountsPerSecond,
  count: units.Short,
};
