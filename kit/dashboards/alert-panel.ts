import * as units from "@grafana/grafana-foundation-sdk/units";
import type { AnyAlert } from "../alerts/alert";
import type { Unit } from "../alerts/limit";
import { link } from "./links";
import { type Panel, timeseries } from "./panels";
import { above, below } from "./thresholds";

interface AlertPanelForm {
  readonly runbookBaseUrl: string;
  readonly width: number;
  /** Another alert that measures the same, and whose limit lies further out. */
  readonly graver?: AnyAlert;
  /** With labels in braces, where the measure has several series. @default the labels of `on` */
  readonly legend?: string;
  /** Of what confirms the measure. @default the legend, marked as confirming */
  readonly confirming?: string;
  /** What an empty answer means. @default "No data" */
  readonly empty?: string;
}

/** What an alert measures, with the limit beyond which it fires: both are the alert's own. */
export function alertPanel(alert: AnyAlert, form: AlertPanelForm): Panel {
  const { measures, limit, on = [] } = alert;
  const { runbookBaseUrl, width, graver, empty } = form;
  const { legend = on.map((label) => `{{${label}}}`).join(" ") || "measured" } = form;
  const legends = [legend, form.confirming ?? `${legend}, confirming`];
  const shown = graver ? [alert, graver] : [alert];
  return timeseries({
    title: `${shown.map(({ title }) => title).join(", ")}: what it measures`,
    description: `${shown.map(sentences).join(" ")} The runbook says what to do.`,
    unit: shownAs[limit.unit],
    width,
    queries: measures.map((query, index) => ({ query, legend: legends[index] ?? legend })),
    thresholds: thresholds(alert, graver),
    ...(empty !== undefined && { empty }),
    links: shown.map(({ name }) => link({ title: `Runbook of ${name}`, url: `${runbookBaseUrl}/${name}.md` })),
  });
}

function sentences({ title, summary, measures, limit, comparison, provided, for: lasting }: AnyAlert): string {
  const beyond = `${comparison === ">" ? "above" : "below"} ${limit} (${limit.unit})`;
  const condition = provided ? ` Only while: ${provided}.` : "";
  const measured = measures.length > 1 ? "both lines are" : "this is";
  return `${summary} ${title} fires while ${measured} ${beyond}${lasting ? ` for ${lasting}` : ""}.${condition}`;
}

function thresholds({ limit, comparison }: AnyAlert, graver: AnyAlert | undefined) {
  const steps = graver ? { yellow: limit.value, red: graver.limit.value } : { red: limit.value };
  return comparison === ">" ? above(steps) : below(steps);
}

const shownAs: Record<Unit, string> = {
  ratio: units.PercentUnit,
  factor: units.NoUnit,
  seconds: units.Seconds,
  bytes: units.BytesIEC,
  perSecond: units.CountsPerSecond,
  count: units.Short,
};
