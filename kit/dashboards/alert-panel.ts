import * as units from "@grafana/grafana-foundation-sdk/units";
import type { AnyAlert } from "../alerts/alert";
import { limitText, type Unit } from "../alerts/limit";
import { type Logql, logql, type Promql, promql } from "../queries/query";
import { nearestTo } from "./alert-measure";
import { link } from "./links";
import { type Panel, type PanelContext, timeseries } from "./panels";
import { above, below } from "./thresholds";

interface AlertPanelForm {
  /** What the graph shows, in the words of a reader who does not know the alert: `Available pods by Deployment`. */
  readonly title: string;
  /** Width in columns; Grafana's grid has 24. */
  readonly width: number;
  /**
   * A second alert that has the same measure and a limit further out. Its limit is drawn in red, the first one in
   * yellow.
   * @default none
   */
  readonly severer?: AnyAlert;
  /** The legend that the measure has, with labels in double braces. @default the labels of `on` */
  readonly legend?: string;
  /** The legend that the confirming measure has. @default the legend, marked as confirming */
  readonly confirming?: string;
  /**
   * How many series are drawn at most, those that are nearest to the limit. Needed where the measure can have more than 20.
   * @default all
   */
  readonly most?: number;
  /**
   * The largest value that the axis shows, for a measure that can be many times its limit: higher ones would press the
   * limit to the bottom.
   * @default Grafana chooses it by the values
   */
  readonly max?: number;
  /** Text that is shown when the query returns nothing. @default "No data" */
  readonly empty?: string;
}

/** A graph of an alert's measure with the alert's limit: both come from the alert itself, so that they cannot differ. */
export function alertPanel(alert: AnyAlert, form: AlertPanelForm): Panel {
  return { build: (context) => alertGraph(alert, form, context).build(context) };
}

function alertGraph(alert: AnyAlert, form: AlertPanelForm, { runbookBaseUrl }: PanelContext): Panel {
  const { limit, on = [] } = alert;
  const { title, width, severer, max, empty } = form;
  const { legend = on.map((label) => `{{${label}}}`).join(" ") || "measured" } = form;
  const legends = [legend, form.confirming ?? `${legend}, confirming`];
  const alerts = severer ? [alert, severer] : [alert];
  return timeseries({
    title,
    description: `${alerts.map(sentences).join(" ")} The runbook describes what to do.`,
    unit: grafanaUnits[limit.unit],
    width,
    queries: queriesOf(alert, form).map((query, index) => ({ query, legend: legends[index] ?? legend })),
    thresholds: thresholds(alert, severer),
    ...(max !== undefined && { max }),
    ...(empty !== undefined && { empty }),
    links: alerts.map(({ name }) => link({ title: `Runbook of ${name}`, url: `${runbookBaseUrl}/${name}.md` })),
  });
}

function queriesOf(alert: AnyAlert, { most }: AlertPanelForm): readonly (Promql | Logql)[] {
  if (most === undefined) return alert.measures;
  const operator = nearestTo(alert);
  return alert.measures.map((measure) =>
    measure.language === "promql" ? promql`${operator}(${most}, ${measure})` : logql`${operator}(${most}, ${measure})`,
  );
}

function sentences({ title, summary, measures, limit, comparison, provided, for: lasting }: AnyAlert): string {
  const beyond = `${comparison === ">" ? "above" : "below"} ${limitText(limit)}`;
  const condition = provided ? ` Only while: ${provided}.` : "";
  const measured = measures.length > 1 ? "both lines are" : "a line is";
  return `${title} fires while ${measured} ${beyond}${lasting ? ` for ${lasting}` : ""}: ${summary}${condition}`;
}

function thresholds({ limit, comparison }: AnyAlert, severer: AnyAlert | undefined) {
  const steps = severer ? { yellow: limit.value, red: severer.limit.value } : { red: limit.value };
  return comparison === ">" ? above(steps) : below(steps);
}

const grafanaUnits: Record<Unit, string> = {
  ratio: units.PercentUnit,
  factor: units.NoUnit,
  seconds: units.Seconds,
  bytes: units.BytesIEC,
  perSecond: units.CountsPerSecond,
  count: units.Short,
};
