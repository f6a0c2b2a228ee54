import * as units from "@grafana/grafana-foundation-sdk/units";
import type { AnyAlert } from "../alerts/alert";
import { limitText, sideOf, type Unit } from "../alerts/limit";
import { durationInWords } from "../queries/duration";
import { type Logql, logql, type Promql, promql } from "../queries/query";
import { nearestTo } from "./alert-measure";
import { link } from "./links";
import { asDeclared, type PanelContext } from "./panel-context";
import { type Panel, timeseries } from "./panels";

interface AlertPanelForm {
  /** Title of the graph, in the words of a reader who does not know the alert: `Available pods by Deployment, %`. */
  readonly title: string;
  /** Width in columns of Grafana's grid, which has 24. */
  readonly width: number;
  /**
   * A more severe alert with the same measure and another limit. Its limit is drawn in red, and that of the first
   * alert in yellow.
   * @default none
   */
  readonly moreSevere?: AnyAlert;
  /** Legend of the measure, with labels in double braces. @default the labels of `on` */
  readonly legend?: string;
  /** Legend of the confirming measure. @default the legend, marked as confirming */
  readonly confirming?: string;
  /**
   * How many series are drawn at most: those closest to the limit. Needed if the measure can have more than 20 series.
   * @default all
   */
  readonly most?: number;
  /**
   * The largest value that the axis shows, for a measure that can be many times its limit: with higher values, the
   * limit would be at the bottom of the graph. A function of the limit.
   * @default Grafana chooses it by the values
   */
  readonly max?: (limit: number) => number;
  /** Text that is shown when the query returns nothing. @default "No data" */
  readonly empty?: string;
}

/**
 * A graph of the measure and the limit of an alert. Both are taken from the alert, so that they cannot differ. In an
 * environment that switches the alert off, the graph has no limit.
 */
export function alertPanel(alert: AnyAlert, form: AlertPanelForm): Panel {
  return { build: (context) => alertGraph(alert, form, context).build(context), needs: [alert.expression] };
}

function alertGraph(alert: AnyAlert, form: AlertPanelForm, context: PanelContext): Panel {
  const { runbookBaseUrl, deployed = asDeclared } = context;
  const { limit, on = [] } = alert;
  const { title, width, moreSevere, max, empty } = form;
  const { legend = on.map((label) => `{{${label}}}`).join(" ") || "value" } = form;
  const legends = [legend, form.confirming ?? `${legend}, confirming`];
  const alerts = moreSevere ? [alert, moreSevere] : [alert];
  return timeseries({
    title,
    description: `${alerts.map((one) => describeAlert(deployed(one) ?? one)).join(" ")} The runbook describes what to do.`,
    unit: grafanaUnits[limit.unit],
    width,
    queries: queriesOf(alert, form).map((query, index) => ({ query, legend: legends[index] ?? legend })),
    thresholds: {
      side: sideOf(alert),
      ...(moreSevere ? { yellow: alert, red: moreSevere } : { red: alert }),
    },
    ...(max && { max: max((deployed(alert) ?? alert).limit.value) }),
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

function describeAlert(alert: AnyAlert): string {
  const { title, summary, measures, limit, provided, for: lasting } = alert;
  const figure = limit.unit === "factor" ? String(limit) : limitText(limit);
  const beyond = `${sideOf(alert)} ${figure}`;
  const required = provided ? ` The alert also requires \`${provided}\`.` : "";
  const lines = measures.length > 1 ? "both lines are" : "a line is";
  const duration = lasting ? ` for ${durationInWords(lasting)}` : "";
  return `${title} fires when ${lines} ${beyond}${duration}, with the message "${summary}"${required}`;
}

const grafanaUnits: Record<Unit, string> = {
  ratio: units.PercentUnit,
  factor: units.NoUnit,
  seconds: units.Seconds,
  bytes: units.BytesIEC,
  perSecond: units.CountsPerSecond,
  count: units.Short,
};
