import { addresses, namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import type { Kubectl } from "./cluster/kubectl";

/** Addresses of a deployed environment, and how to log in. */
export function nextSteps(environment: Environment, kubectl: Kubectl): string {
  return [
    ...grafanaSteps(environment, kubectl),
    ...erpSteps(environment, kubectl),
    `Verify:   npm run verify -- ${environment.name}`,
    `Changes:  npm run diff -- ${environment.name}`,
  ].join("\n");
}

function grafanaSteps({ grafana }: Environment, kubectl: Kubectl): string[] {
  if (grafana.mode === "existing")
    return [`Grafana:  ${grafana.url}, your own Grafana; the dashboards appear in it within a minute`];
  if (grafana.mode === "off") {
    return [`Prometheus: http://localhost:9090, after\n          ${forward(addresses.prometheus, 9090, kubectl)}`];
  }
  const password = kubectl.command(
    "-n",
    namespaces.grafana,
    "get",
    "secret",
    grafana.adminSecret,
    `-o jsonpath='{.data.admin-password}'`,
  );
  const port = Number(new URL(grafana.url).port || 80);
  return [
    grafana.ingress
      ? `Grafana:  ${grafana.url}`
      : `Grafana:  ${grafana.url}, after\n          ${forward(addresses.grafana, port, kubectl)}`,
    `          ${grafana.oidc ? "log in with single sign-on; in an emergency, with" : "log in with"} the user and password of the Secret ${grafana.adminSecret}:`,
    `          ${password} | base64 -d`,
  ];
}

function erpSteps({ erp }: Environment, kubectl: Kubectl): string[] {
  if (erp.ingress) return [`ERP:      https://${erp.ingress.hosts[0]}${erp.ingress.paths[0]}`];
  return [`ERP:      http://localhost:8000, after\n          ${forward(addresses.erpApi, 8000, kubectl)}`];
}

function forward(
  { namespace, service, port }: (typeof addresses)[keyof typeof addresses],
  local: number,
  kubectl: Kubectl,
): string {
  return kubectl.command("-n", namespace, "port-forward", `service/${service}`, `${local}:${port}`);
}
