import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, isGone, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";
import { prometheusOperator } from "../../metrics/prometheus/prometheus-operator-metrics";

const common = { severity: "warning", service: "monitoring", team: "platform" } as const;
const blind = "what cannot be scraped has an alert of its own";

/** It goes on with what it had, until it is restarted: then it does not come up any more. */
export const monitoringConfigRejected = alert({
  ...common,
  name: "MonitoringConfigRejected",
  measure: promql`min by (job, pod) (${prometheus.configLoaded}) or min by (job, pod) (${alertmanager.configLoaded})`,
  on: ["job", "pod"],
  below: count(1),
  for: "5m",
  summary: "Prometheus or Alertmanager refuses the configuration that it was given.",
  description: "{{ $labels.pod }} runs with an older configuration, and will not start again with the new one.",
  scenarios: {
    "Alertmanager is given routes that it cannot read": fires({
      given: [
        samples(prometheus.configLoaded, [holds(1, "30m")]),
        samples(alertmanager.configLoaded, [holds(1, "5m"), holds(0, "15m"), holds(1, "10m")]),
      ],
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "14m45s", by: "15m" },
    }),
    "one of two Prometheus is given a rule that it cannot read": fires({
      given: [
        samples(prometheus.configLoaded, [holds(1, "30m")]),
        samples(prometheus.configLoaded, [holds(1, "5m"), holds(0, "15m")], { pod: "prometheus-1" }),
      ],
      onset: "5m",
      after: "4m45s",
      by: "5m",
    }),
    "the next configuration comes after four minutes": blip({
      given: [samples(prometheus.configLoaded, [holds(1, "5m"), holds(0, "4m"), holds(1, "10m")])],
    }),
    "it is gone": absence(
      silent({ given: [samples(prometheus.configLoaded, [holds(0, "3m"), isGone("20m")])], because: blind }),
    ),
  },
});

const { syncs, resources } = prometheusOperator;
const failed = { controller: "alertmanager", status: "failed" };
const rejected = { controller: "prometheus", resource: "PrometheusRule", state: "rejected" };

/** It carries out none of a change of which it cannot read a part, and Prometheus never hears of it. */
export const prometheusOperatorRefusesChange = alert({
  ...common,
  name: "PrometheusOperatorRefusesChange",
  measure: promql`sum by (controller) (${syncs}{status="failed"} or ${resources}{state="rejected"})`,
  on: ["controller"],
  above: count(0),
  for: "10m",
  summary: "The operator leaves out a part of the configuration of Prometheus or Alertmanager.",
  description: "Of {{ $labels.controller }} it could not carry out, or left out, {{ $value }} objects.",
  scenarios: {
    "Alertmanager's configuration has a field that the operator does not know": fires({
      given: [
        samples(syncs, [holds(0, "10m"), holds(1, "20m"), holds(0, "10m")], failed),
        samples(resources, [holds(0, "40m")], rejected),
      ],
      onset: "10m",
      after: "9m45s",
      by: "10m",
      resolves: { after: "19m45s", by: "20m" },
    }),
    "a rule does not parse": fires({
      given: [
        samples(syncs, [holds(0, "40m")], failed),
        samples(resources, [holds(0, "10m"), holds(1, "20m")], rejected),
      ],
      onset: "10m",
      after: "9m45s",
      by: "10m",
    }),
    "monitors that are selected": silent({
      given: [samples(resources, [holds(12, "1h")], { ...rejected, state: "selected" })],
    }),
    "the API server is away for some minutes": blip({
      given: [samples(syncs, [holds(0, "10m"), holds(1, "6m"), holds(0, "10m")], failed)],
    }),
    "the operator is gone": absence(silent({ given: [], because: blind })),
  },
});
