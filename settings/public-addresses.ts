import type { Environment } from "./environment";

/** The settings with an address at which people open a program, if the environment has one. */
export const publicAddresses: readonly {
  readonly at: string;
  readonly read: (environment: Environment) => string | undefined;
}[] = [
  { at: "grafana.url", read: ({ grafana }) => (grafana.mode === "off" ? undefined : grafana.url) },
  { at: "prometheus.externalUrl", read: ({ prometheus }) => prometheus.externalUrl },
  { at: "alertmanager.externalUrl", read: ({ alertmanager }) => alertmanager.externalUrl },
];
