import { ownNamespaces, type WithTracing } from "./own-namespaces";

/** The services and namespaces that belong to teams. */

/** The team that is notified of every alert that belongs to no other team. */
export const platformTeam = "platform";

/**
 * Services that alerts of the product name, by the team that the alert names. `erp` has an alert of each: the log agent
 * may be the reason why the ERP has no log lines.
 */
export const servicesOf = {
  erp: ["celery-exporter", "elasticsearch", "erp", "erp-api", "erp-beat", "erp-worker", "postgresql", "redis"],
  platform: [
    "alertmanager",
    "containers",
    "dns",
    "erp",
    "log-agent",
    "loki",
    "monitoring",
    "nodes",
    "platform",
    "prometheus",
    "volumes",
    "workloads",
  ],
} as const;

/** Teams that alerts of the product name. */
export type ProductTeam = keyof typeof servicesOf;

/** Services that an environment can give to its teams. */
export const services = [...new Set([...servicesOf.erp, ...servicesOf.platform])].sort();

/** The things that belong to a team. */
interface Members {
  /** Services whose alerts notify the team. @default none */
  readonly services?: readonly string[] | undefined;
  /** Namespaces whose alerts notify the team. @default none */
  readonly namespaces?: readonly string[] | undefined;
}

/** The part of an environment that gives services and namespaces to teams, and that decides which namespaces are ours. */
export interface WithTeams extends WithTracing {
  /** Teams by their names. @default everything belongs to the platform */
  readonly teams?: Readonly<Record<string, Members>> | undefined;
}

/** The team to which an environment gives a service, if there is one. */
export function teamOfService({ teams = {} }: WithTeams, service: string): string | undefined {
  return Object.entries(teams).find(([, team]) => team.services?.includes(service))?.[0];
}

/** The namespaces of all teams. */
export function namespacesOfTeams({ teams = {} }: WithTeams): readonly string[] {
  return Object.values(teams).flatMap((team) => team.namespaces ?? []);
}

/** Namespaces that rules and panels about pods, containers and volumes cover: those of the stacks, and those of teams. */
export function coveredNamespaces(environment: WithTeams): readonly string[] {
  return [...ownNamespaces(environment), ...namespacesOfTeams(environment)].sort();
}

/** Namespaces whose logs are collected: those that rules cover, and those that are added for their logs alone. */
export function loggedNamespaces(
  environment: WithTeams & { readonly logAgent: { readonly namespaces: readonly string[] } },
): readonly string[] {
  return [...coveredNamespaces(environment), ...environment.logAgent.namespaces];
}
