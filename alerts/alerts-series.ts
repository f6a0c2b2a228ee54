import { evaluationSeconds } from "../metrics/jobs";
import type { Label, Series } from "../queries/series";
import type { Alert } from "./alert";

/** `ALERTS`, which Prometheus itself writes at every evaluation while an alert is pending or fires. */
export function alertsSeries(alerts: readonly Alert[]): Series {
  const values = (of: (alert: Alert) => string): Label => ({ values: [...new Set(alerts.map(of))] });
  const labels: Record<string, Label> = {
    alertname: values(({ name }) => name),
    alertstate: { values: ["pending", "firing"] },
    severity: values(({ severity }) => severity),
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
    open: true,
  };
}
