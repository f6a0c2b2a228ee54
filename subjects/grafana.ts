import { grafanaJob, grafana as metrics } from "../metrics/grafana/grafana-metrics";
import type { Subject } from "./subject";

/**
 * Grafana, if this project installs it. Only whether it is up is measured, because its own metrics have not been
 * captured yet.
 */
export const grafana: Subject = {
  name: "grafana",
  when: { holds: (environment) => environment.grafana.mode === "on", otherwise: "`grafana.mode` is not `on`" },
  jobs: () => [grafanaJob],
  metrics: () => [metrics],
};
