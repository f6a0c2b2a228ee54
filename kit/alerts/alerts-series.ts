import { evaluationSeconds } from "../metrics/recording";
import type { Label, Series } from "../queries/series";
import { type AnyAlert, severities } from "./alert";

/**
 * `ALERTS`, which Prometheus itself writes at every evaluation while an alert is pending or fires. Those of the logs are
 * evaluated elsewhere.
 */
export function alertsSeries(alerts: readonly AnyAlert[]): Series {
  const evaluated = alerts.filter(({ measure }) => measure.language === "promql");
  const values = (of: (alert: AnyAlert) => string): Label => ({ values: [...new Set(evaluated.map(of))] });
  const labels: Record<string, Label> = {
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
    interval: evaluationSeconds,
    labels: new Map(Object.entries(labels)),
    open: true,
  };
}
