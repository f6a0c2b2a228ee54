import { grafanaJob, grafana as metrics } from "../metrics/grafana/grafana-metrics";
import type { Subject } from "./subject";

/** Grafana, where this project installs it. Only whether it is up is known: its own metrics could not be captured. */
export const grafana: Subject = {
  name: "grafana",
  when: { holds: (environment) => environment.grafana.mode === "on", otherwise: "`grafana.mode` is not `on`" },
  jobs: () => [grafanaJob],
  metrics: () => [metrics],
};
