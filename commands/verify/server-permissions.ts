import { type Address, addresses } from "../../settings/addresses";
import type { Permission } from "./permissions";

/** To send GET requests to one server through the API server's proxy. */
export function reads({ namespace, service, port }: Address): Permission {
  return { namespaces: [namespace], resources: ["services/proxy"], names: [`${service}:${port}`], verbs: ["get"] };
}

export const readsPrometheus: readonly Permission[] = [reads(addresses.prometheus)];
export const readsAlertmanager: readonly Permission[] = [reads(addresses.alertmanager)];
export const readsLoki: readonly Permission[] = [reads(addresses.loki)];
