import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const common = { severity: "warning", service: "prometheus", team: "platform" } as const;

const { ruleFailures, ruleIterationsMissed } = prometheus;
const rule = { rule_group: "/etc/prometheus/rules/erp.yaml;erp-availability" };

/** An alert whose rule is not evaluated cannot fire. */
export const prometheusRulesNotEvaluated = alert({
  ...common,
  name: "PrometheusRulesNotEvaluated",
  group: "platform-monitoring",
  measure: promql`sum by (pod, rule_group) (increase(${ruleFailures}[5m]) + increase(${ruleIterationsMissed}[5m]))`,
  on: ["pod", "rule_group"],
  above: count(2),
  for: "5m",
  summary: "Prometheus fails to evaluate some rules: their alerts cannot fire.",
  description: `${valueText("count", "evaluation")} of the group {{ $labels.rule_group }} failed or were skipped in the last five minutes.`,
  scenarios: {
    "a rule fails at every evaluation": fires({
      given: [
        samples(ruleFailures, [rises(0, "10m"), rises(1 / 15, lasting("15m")), rises(0, "15m")], rule),
        samples(ruleIterationsMissed, [rises(0, "45m")], rule),
      ],
      onset: "10m",
      after: lasting("30s"),
      by: lasting("45s"),
      resolves: { after: lasting("19m"), by: lasting("20m") },
    }),
    "a slow group skips evaluations": fires({
      given: [
        samples(ruleFailures, [rises(0, "30m")], rule),
        samples(ruleIterationsMissed, [rises(0, "10m"), rises(1 / 60, lasting("15m"))], rule),
      ],
      onset: "10m",
      after: lasting("1m45s"),
      by: lasting("3m"),
    }),
    "an evaluation fails now and then": silent({
      given: [
        samples(ruleFailures, [rises(0, "10m"), rises(1.8 / 300, "20m")], rule),
        samples(ruleIterationsMissed, [rises(0, "30m")], rule),
      ],
    }),
    "four evaluations fail while the disk is slow": blip({
      given: [
        samples(ruleFailures, [rises(0, "10m"), rises(1 / 15, "1m"), rises(0, "10m")], rule),
        samples(ruleIterationsMissed, [rises(0, "21m")], rule),
      ],
    }),
    "nothing is counted": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
