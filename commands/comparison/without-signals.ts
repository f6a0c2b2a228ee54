import type { Model } from "../../kit/dashboards/dashboard";
import type { EnvironmentSignals } from "../../signals-json";
import type { DeployedObject, Fields } from "./deployed-objects";

/**
 * The object without the content that `signals.json` contains as well: alerting rules, dashboards, routes,
 * receivers and keep-lists. They are compared there, in a reviewer's terms, and would otherwise be listed twice.
 *
 * @param keepLists the regular expressions of the keep-lists in the signals
 */
export function withoutSignals(object: DeployedObject, keepLists: ReadonlySet<string>): DeployedObject {
  return { ...object, content: prune(object.content, keepLists) as Fields };
}

/** The regular expressions of the relabelings that keep only the metrics in the signals. */
export function keepLists(...all: readonly Pick<EnvironmentSignals, "keep">[]): ReadonlySet<string> {
  const listed = all.flatMap(({ keep }) => Object.values(keep)).filter((metrics) => metrics !== "all");
  return new Set(listed.map((metrics) => [...metrics].sort().join("|")));
}

function prune(value: unknown, lists: ReadonlySet<string>, key = ""): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !isInSignals(item, lists, key)).map((item) => prune(item, lists));
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !(isAlertmanagerConfig(value) && routing.has(name)));
  return Object.fromEntries(
    fields.flatMap(([name, item]) => (isDashboard(item) ? [] : [[name, prune(item, lists, name)] as const])),
  );
}

/** Whether a list item is an alerting rule, or the relabeling of a keep-list. Monitors of teams have other relabelings. */
function isInSignals(item: unknown, lists: ReadonlySet<string>, key: string): boolean {
  if (typeof item !== "object" || item === null) return false;
  if (key === "rules") return "alert" in item;
  if (!/metricRelabel/i.test(key) || !("action" in item && "regex" in item)) return false;
  return item.action === "keep" && lists.has(String(item.regex));
}

const routing = new Set(["route", "receivers", "inhibit_rules", "time_intervals"]);

export function isAlertmanagerConfig(value: object): boolean {
  return "route" in value && "receivers" in value;
}

export function isDashboard(value: unknown): value is Model {
  return typeof value === "object" && value !== null && "panels" in value && "uid" in value;
}
