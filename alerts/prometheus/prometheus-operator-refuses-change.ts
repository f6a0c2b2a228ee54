import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheusOperator } from "../../metrics/prometheus/prometheus-operator-metrics";

const { syncs, resources } = prometheusOperator;

const failed = { controller: "alertmanager", status: "failed" };

const rejected = { controller: "prometheus", resource: "PrometheusRule", state: "rejected" };

/** It carries out none of a change of which it cannot read a part, and Prometheus never hears of it. */
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
  summary: "The operator leaves out a part of the configuration of Prometheus or Alertmanager.",
  description: `The controller {{ $labels.controller }} could not carry out, or left out, ${valueText("count", "object")}.`,
  scenarios: {
    "Alertmanager's configuration has a field that the operator does not know": fires({
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
    "monitors that are selected": silent({
      given: [samples(resources, [holds(12, "1h")], { ...rejected, state: "selected" })],
    }),
    "the API server is away for some minutes": blip({
      given: [samples(syncs, [holds(0, "10m"), holds(1, "6m"), holds(0, "10m")], failed)],
    }),
    "the operator is gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
