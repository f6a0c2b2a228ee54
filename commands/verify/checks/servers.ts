import type { Check, Failure } from "../check";
import type { Deployment } from "../deployment";
import { type Server, ServerError } from "../server";
import { readsAlertmanager, readsLoki, readsPrometheus } from "../server-permissions";

/** All later checks need these servers: they are reported once, here. */
export const servers: Check = {
  id: "servers",
  title: "Prometheus, Alertmanager and Loki are ready",
  permissions: [...readsPrometheus, ...readsAlertmanager, ...readsLoki],
  async run(deployment) {
    const asked = await Promise.all(probes(deployment).map(failureOf));
    return { failures: asked.filter((failure) => failure !== undefined) };
  },
};

interface Probe {
  readonly server: Server;
  readonly path: string;
  readonly runbook: string;
}

function probes({ prometheus, alertmanager, loki }: Deployment): readonly Probe[] {
  return [
    { server: prometheus, path: "/-/ready", runbook: "PrometheusNotIngesting" },
    { server: alertmanager, path: "/-/ready", runbook: "PrometheusCannotReachAlertmanager" },
    { server: loki, path: "/ready", runbook: "LokiRequestsFailing" },
  ];
}

async function failureOf({ server, path, runbook }: Probe): Promise<Failure | undefined> {
  try {
    await server.text(path);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServerError) || error.status === 401 || error.status === 403) throw error;
    return { where: server.name, expected: `an answer of 200 at ${path}`, found: error.message, runbook };
  }
}
