import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { AnyAlert } from "../alerts/alert";
import { panelsOf, targetsOf } from "./checks/parts";
import type { Model } from "./frame/dashboard";

/** The panel that shows an alert: its own expression, with its own limit drawn in. */
export interface AlertPanel {
  readonly uid: string;
  readonly panel: number;
}

/** Where each alert is shown, by its expression; an alert that is shown nowhere is absent. */
export function alertPanels(alerts: readonly AnyAlert[], models: readonly Model[]): ReadonlyMap<string, AlertPanel> {
  const found = alerts.flatMap((alert) => {
    const model = models.find((candidate) => panelsOf(candidate).some((panel) => shows(panel, alert)));
    const id = model && panelsOf(model).find((panel) => shows(panel, alert))?.id;
    return model && id !== undefined ? [[alert.expression.text, { uid: model.uid, panel: id }] as const] : [];
  });
  return new Map(found);
}

function shows(panel: Panel, { measures, limit }: AnyAlert): boolean {
  const steps = panel.fieldConfig?.defaults.thresholds?.steps ?? [];
  const drawn = panel.type === "timeseries" && steps.some(({ value }) => value === limit.value);
  const asked = targetsOf(panel).map(({ expr }) => expr);
  return drawn && measures.every(({ text }) => asked.includes(text));
}
