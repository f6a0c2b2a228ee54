import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheusOperator } from "../../metrics/prometheus/prometheus-operator-metrics";
import { namespaces, pods } from "../../settings/addresses";

const { syncs, resources } = prometheusOperator;

const failed = { controller: "alertmanager", status: "failed" };

const rejected = { controller: "prometheus", resource: "PrometheusRule", state: "rejected" };

/**
 * Lists the refused objects and the errors. The events of a rule do not contain its error, which the operator only logs.
 * No label of the metrics names an object.
 */
const refusals = `kubectl --namespace ${namespaces.monitoring} logs deployment/${pods.operator.labels.app} | grep -E 'invalid rule|skipping|failed:' | tail -n 20`;

/** The operator leaves out an object that it cannot read, and applies nothing if a whole sync fails. */
export const prometheusOperatorRefusesChange = alert({
  name: "PrometheusOperatorRefusesChange",
  group: "platform-monitoring",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`sum by (controller) (${syncs}{status="failed"} or ${resources}{state="rejected"})`,
  on: ["controller"],
  above: count(0),
  for: "10m",
  summary: "The Prometheus operator does not apply a change to the monitoring configuration.",
  description: `The operator's controller {{ $labels.controller }} rejected or failed to apply ${valueText("count", "object")}. The command \`${refusals}\` lists the objects and the errors.`,
  scenarios: {
    "Alertmanager's configuration has an unknown field": fires({
      given: [
        samples(syncs, [holds(0, "10m"), holds(1, lasting("10m")), holds(0, "10m")], failed),
        samples(resources, [holds(0, "40m")], rejected),
      ],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "a rule does not parse": fires({
      given: [
        samples(syncs, [holds(0, "40m")], failed),
        samples(resources, [holds(0, "10m"), holds(1, lasting("10m"))], rejected),
      ],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "monitors are selected normally": silent({
      given: [samples(resources, [holds(12, "1h")], { ...rejected, state: "selected" })],
    }),
    "the API server is down for some minutes": blip({
      given: [samples(syncs, [holds(0, "10m"), holds(1, "6m"), holds(0, "10m")], failed)],
    }),
    "the operator is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
