import { namespaces } from "../../settings/addresses";
import { servicesOf } from "../../settings/team-members";
import { oneOf, type Scope, scope } from "./scope";

/** Services of the platform that a deployment does not restart: nodes, DNS, and those whose alerts name a namespace. */
const undisturbed: readonly string[] = ["containers", "dns", "nodes", "volumes", "workloads"];

const erp = scope("the ERP", [oneOf("service", servicesOf.erp)], [oneOf("namespace", [namespaces.erp])]);

const { erp: _erp, ...monitoringNamespaces } = namespaces;

const monitoring = scope(
  "the monitoring",
  [
    oneOf(
      "service",
      servicesOf.platform.filter((service) => !undisturbed.includes(service) && service !== "erp"),
    ),
  ],
  [oneOf("namespace", Object.values(monitoringNamespaces))],
);

/**
 * What a change of each stack disturbs, in the order of the stacks. Network policies and quotas of the first one apply to
 * everything. Nodes, DNS and the namespaces of teams are never disturbed.
 */
export const rolloutScopes: readonly (readonly Scope[])[] = [[monitoring, erp], [monitoring], [erp]];
