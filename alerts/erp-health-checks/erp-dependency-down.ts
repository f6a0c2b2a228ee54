import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { dependencyUp } = erpApi;
const podSamples = (index: number, parts: readonly Part[]) =>
  samples(dependencyUp, parts, { pod: `erp-api-${index}`, instance: `10.0.0.${index}:8000` });
const otherPods = (time: string) => Array.from({ length: 11 }, (_, index) => podSamples(index, [holds(1, time)]));

/**
 * Exporters cannot see whether the ERP itself reaches a dependency, over its own network path and with its own
 * credentials. The alert does not page: if the ERP cannot serve without the dependency, ErpProbeFailing pages.
 */
export const erpDependencyDown = alert({
  name: "ErpDependencyDown",
  group: "erp-health-checks",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["{{ $labels.dependency }}", "dns"],
  measure: promql`avg by (namespace, dependency) (${dependencyUp})`,
  on: ["namespace", "dependency"],
  below: ratio(1),
  for: "2m",
  summary: "The ERP cannot reach one of its dependencies.",
  description: `Only ${valueText("ratio")} of the API pods in {{ $labels.namespace }} reach {{ $labels.dependency }}.`,
  scenarios: {
    "one of twelve pods does not reach the dependency": fires({
      given: [...otherPods("20m"), podSamples(11, [holds(1, "5m"), holds(0, lasting("8m")), holds(1, "5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("7m45s"), by: lasting("8m") },
    }),
    "no pod reaches the dependency": fires({
      given: [podSamples(0, [holds(0, lasting("8m"))])],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "every pod reaches the dependency": silent({ given: otherPods("20m") }),
    "the dependency restarts within a minute": blip({
      given: [podSamples(0, [holds(1, "5m"), holds(0, "1m"), holds(1, "5m")])],
    }),
    "the API is not scraped": absence(silent({ given: [podSamples(0, [gone("20m")])], because: "ErpDown pages" })),
  },
});
