import type { Environment } from "./environment";
import type { Receiver } from "./receivers";
import { teamOfService } from "./team-members";

/** Services that alerts of Sentry name. They belong to the team `erp`, unless the environment gives them to another team. */
export const sentryServices = ["erp-api", "erp-beat"] as const;

type Notified = Pick<Environment, "alertmanager" | "teams">;

/** The receiver to which Alertmanager sends warnings about the service. Sentry notifies the same one. */
export function sentryReceiver(environment: Notified, service: string): Receiver | undefined {
  const team = sentryTeam(environment, service);
  return environment.teams?.[team]?.chat ?? environment.alertmanager.receivers.chat;
}

/** The team that is notified of alerts about the service. */
export function sentryTeam(environment: Notified, service: string): string {
  return teamOfService(environment, service) ?? "erp";
}
