import type { Route } from "./alertmanager-configuration";
import { allMatch, type Labels } from "./label-matcher";

/**
 * The routes by which Alertmanager sends the notifications of an alert with these labels: the deepest matching route, and
 * those of its siblings while routes `continue`.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function routesOf(root: Route, labels: Labels): readonly Route[] {
  const found: Route[] = [];
  for (const route of (root.routes ?? []).filter(({ matchers }) => allMatch(matchers)(labels))) {
    found.push(...routesOf(route, labels));
    if (!route.continue) break;
  }
  return found.length > 0 ? found : [root];
}
