import { evaluationSeconds } from "../metrics/recording";
import { checkPromql } from "../queries/promql/check-promql";
import { type Label, labelNames, type Series, type Vocabulary } from "../queries/series";
import { type AnyAlert, severities } from "./alert";

/**
 * `ALERTS`, which Prometheus itself writes at every evaluation while an alert is pending or fires, with the labels of the
 * rule and of its expression. Alerts on logs are evaluated elsewhere.
 *
 * @param vocabulary what the expressions read
 */
export function alertsSeries(alerts: readonly AnyAlert[], vocabulary: Vocabulary): Series {
  const evaluated = alerts.filter(({ measure }) => measure.language === "promql");
  const values = (of: (alert: AnyAlert) => string): Label => ({ values: [...new Set(evaluated.map(of))] });
  const fired = evaluated.flatMap(({ expression }) => checkPromql(expression.text, vocabulary).series ?? []);
  const added = [...labelNames(fired), ...evaluated.flatMap(({ labels = {} }) => Object.keys(labels))];
  const labels: Record<string, Label> = {
    ...Object.fromEntries(added.map((name) => [name, { optional: true }])),
    alertname: values(({ name }) => name),
    alertstate: { values: ["pending", "firing"] },
    severity: { values: severities },
    service: values(({ service }) => service),
    team: values(({ team }) => team),
    environment: {},
    cause: { optional: true },
    caused_by: { optional: true },
  };
  return {
    metric: "ALERTS",
    kind: "gauge",
    interval: evaluationSeconds,
    labels: new Map(Object.entries(labels)),
    open: fired.some(({ open }) => open),
  };
}
