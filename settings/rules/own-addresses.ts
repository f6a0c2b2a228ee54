import { addresses } from "../addresses";
import type { Environment } from "../environment";
import type { Rule } from "../rule";

/** Receivers of samples must be programs of others: one of our own would refuse the samples, or send them in a circle. */
export const ownAddresses: readonly Rule[] = [
  {
    at: "prometheus.remoteWrite",
    reads: ["prometheus.externalUrl", "alertmanager.externalUrl", "grafana", "erp.ingress"],
    broken: (environment) => environment.prometheus.remoteWrite.some(({ url }) => isOwn(url, environment)),
    rule: "must not contain an address of this environment: its programs do not store samples for a long time",
    remedy: "write the address of a long-term store, such as Mimir, or remove the entry",
  },
];

/** Whether a URL leads to a program of the environment, inside the cluster or by its public host. */
export function isOwn(url: string, { prometheus, alertmanager, grafana, erp }: Environment): boolean {
  const host = hostOf(url);
  if (host === undefined) return false;
  const services = Object.values(addresses).map(({ service, namespace }) => `${service}.${namespace}`);
  const links = [prometheus.externalUrl, alertmanager.externalUrl, grafana.mode === "on" ? grafana.url : undefined];
  const hosts = [...links.flatMap((link) => (link === undefined ? [] : [hostOf(link)])), ...(erp.ingress?.hosts ?? [])];
  return services.includes(host.replace(/\.svc(\.cluster\.local)?\.?$/, "")) || hosts.includes(host);
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
