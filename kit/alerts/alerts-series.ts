import { evaluationSeconds } from "../metrics/recording";
import { listedValues } from "../queries/possible-values";
import { checkPromql } from "../queries/promql/check-promql";
import type { Label, Series, Vocabulary } from "../queries/series";
import { type AnyAlert, severities } from "./alert";

/**
 * `ALERTS`, which Prometheus writes at every evaluation while an alert is pending or fires, with the labels of the
 * rule and of its expression. Loki evaluates alerts on logs.
 *
 * @param vocabulary the series that the expressions can read
 */
export function alertsSeries(alerts: readonly AnyAlert[], vocabulary: Vocabulary): Series {
  const evaluated = alerts.filter(({ measure }) => measure.language === "promql");
  const values = (of: (alert: AnyAlert) => string): Label => ({ values: [...new Set(evaluated.map(of))] });
  const fired = evaluated.flatMap(({ expression }) => checkPromql(expression.text, vocabulary).series ?? []);
  const written = evaluated.map(({ labels = {} }) => new Map(Object.entries(labels).map(labelOfRule)));
  const added = [...fired.map(({ labels }) => labels), ...written];
  const names = [...new Set(added.flatMap((labels) => [...labels.keys()]))];
  const labels: Record<string, Label> = {
    ...Object.fromEntries(names.map((name) => [name, anyOf(added.flatMap((labels) => labels.get(name) ?? []))])),
    alertname: values(({ name }) => name),
    alertstate: { values: ["pending", "firing"] },
    severity: { values: severities },
    service: values(({ service }) => service),
    team: values(({ team }) => team),
    environment: { open: "each environment has a Prometheus of its own" },
    cause: { open: "alerts choose it", optional: true },
    caused_by: { open: "alerts choose it", optional: true },
  };
  return {
    metric: "ALERTS",
    kind: "gauge",
    unit: "flag",
    interval: evaluationSeconds,
    labels: new Map(Object.entries(labels)),
    open: fired.some(({ open }) => open),
  };
}

function labelOfRule([name, value]: [string, string]): [string, Label] {
  return [name, value.includes("{{") ? { open: "the rule's template completes it" } : { values: [value] }];
}

/** A label that some alerts have. It is closed if it is closed for all of them. */
function anyOf(labels: readonly Label[]): Label {
  const lists = labels.map(listedValues);
  const values = lists.every((list) => list !== undefined) ? [...new Set(lists.flat())] : undefined;
  const closed = labels.every((label) => label.open === undefined);
  if (closed && values) return { values, optional: true };
  return { open: "the expressions of alerts choose it", ...(values && { named: values }), optional: true };
}
