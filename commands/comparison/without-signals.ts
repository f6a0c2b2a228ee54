import type { Model } from "../../kit/dashboards/dashboard";
import type { DeployedObject, Fields } from "./deployed-objects";

/**
 * The object without the content that `signals.json` contains as well: alerting rules, dashboards, routes,
 * receivers and keep-lists. They are compared there, in a reviewer's terms, and would otherwise be listed twice.
 */
export function withoutSignals(object: DeployedObject): DeployedObject {
  return { ...object, content: prune(object.content) as Fields };
}

function prune(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isInSignals(item, key)).map((item) => prune(item));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !(isAlertmanagerConfig(value) && routing.has(name)));
  return Object.fromEntries(
    fields.flatMap(([name, item]) => (isDashboard(item) ? [] : [[name, prune(item, name)] as const])),
  );
}

/** Whether a list item is an alerting rule, or the relabeling of a keep-list. */
function isInSignals(item: unknown, list: string): boolean {
  if (typeof item !== "object" || item === null) return false;
  if (list === "rules") return "alert" in item;
  return /metricRelabel/i.test(list) && "action" in item && item.action === "keep";
}

const routing = new Set(["route", "receivers", "inhibit_rules", "time_intervals"]);

export function isAlertmanagerConfig(value: object): boolean {
  return "route" in value && "receivers" in value;
}

export function isDashboard(value: unknown): value is Model {
  return typeof value === "object" && value !== null && "panels" in value && "uid" in value;
}
