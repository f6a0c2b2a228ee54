import { questionsOf } from "../../commands/dashboards/questions";
import { metricNames } from "../../kit/queries/promql/metric-names";
import type { Environment } from "../../settings/environment";
import { signals } from "../../signals";

/** Names of the metrics that rules and dashboards of the environment read, and of what its rules write. */
export function readNames(environment: Environment): ReadonlySet<string> {
  const { platform, erp } = signals(environment);
  const rules = [platform, erp]
    .flatMap((content) => content.rules.flatMap(({ groups }) => groups))
    .flatMap(({ rules }) => rules);
  const written = rules.flatMap((rule) => ("record" in rule ? [rule.record] : []));
  const models = [...platform.dashboards, ...erp.dashboards].map(({ model }) => model);
  const asked = models.flatMap((model) => {
    const anything = Object.fromEntries((model.templating.list ?? []).map(({ name }) => [name, ".+"]));
    return questionsOf(model, anything).filter(({ language }) => language === "promql");
  });
  const read = [...rules.map(({ expr }) => expr), ...asked.map(({ expression }) => expression)];
  return new Set(["up", "ALERTS", ...written, ...read.flatMap((expression) => [...metricNames(expression)])]);
}
