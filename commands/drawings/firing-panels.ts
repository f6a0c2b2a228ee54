import type { AnyAlert } from "../../kit/alerts/alert";
import { alertPanels } from "../../kit/dashboards/alert-panels";
import type { Model } from "../../kit/dashboards/dashboard";
import type { Sources } from "../preview/sources";
import { request } from "../request";
import type { FiringPanels } from "./judge-drawings";

/** The panels whose alert fires, by the name of the slice. */
export async function firingPanels(
  { prometheus, slices }: Sources,
  alerts: readonly AnyAlert[],
  models: readonly Model[],
): Promise<ReadonlyMap<string, FiringPanels>> {
  const shown = alertPanels(alerts, models);
  const found = new Map<string, FiringPanels>();
  for (const { name, from, to } of slices) {
    const query = new URLSearchParams({
      query: 'count by (alertname) (ALERTS{alertstate="firing"})',
      start: `${from / 1000}`,
      end: `${to / 1000}`,
      step: "15",
    });
    const response = await request(`${prometheus.url}/api/v1/query_range?${query}`);
    const { data } = (await response.json()) as { data: { result: readonly { metric: { alertname: string } }[] } };
    const names = new Set(data.result.map(({ metric }) => metric.alertname));
    const firing = alerts.filter((alert) => alert.labels === undefined && names.has(alert.name));
    const panels = firing.flatMap((alert) => {
      const at = shown.get(alert.expression.text);
      return at ? [[`${at.uid}/${at.panel}`, alert.name] as const] : [];
    });
    found.set(name, Object.fromEntries(panels));
  }
  return found;
}
