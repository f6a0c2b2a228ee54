import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { AnyAlert } from "../alerts/alert";
import { drawsMeasure } from "./alert-measure";
import type { Model } from "./dashboard";
import { panelsOf } from "./model";
import { targetsOf } from "./targets";

/** The panel that shows an alert: the measure of the alert, and its limit. */
export interface AlertPanel {
  readonly uid: string;
  readonly panel: number;
}

/** The panel that shows each alert, by the alert's expression. Alerts without a panel are absent. */
export function alertPanels(alerts: readonly AnyAlert[], models: readonly Model[]): ReadonlyMap<string, AlertPanel> {
  const graphs = models.flatMap((model) => panelsOf(model).flatMap((panel) => graph(model, panel)));
  const found = alerts.flatMap((alert) => {
    const first = graphs.find((drawn) => shows(drawn, alert));
    return first ? [[alert.expression.text, first.panel] as const] : [];
  });
  return new Map(found);
}

interface Graph {
  readonly panel: AlertPanel;
  readonly limits: ReadonlySet<number | null>;
  readonly expressions: readonly string[];
}

function shows({ limits, expressions }: Graph, { comparison, measures, limit }: AnyAlert): boolean {
  const isDrawn = (measure: (typeof measures)[number]) =>
    expressions.some((expr) => drawsMeasure({ comparison, measures: [measure] }, expr));
  return limits.has(limit.value) && measures.every(isDrawn);
}

function graph({ uid }: Model, panel: Panel): Graph[] {
  if (panel.type !== "timeseries" || panel.id === undefined) return [];
  const limits = new Set(panel.fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value));
  const expressions = targetsOf(panel).flatMap(({ expr }) => expr ?? []);
  return [{ panel: { uid, panel: panel.id }, limits, expressions }];
}
