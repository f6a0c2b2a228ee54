import type { Environment } from "./environment";
import type { SentryProject } from "./sentry-project";

/** The project of the environment that Terraform manages in Sentry. @returns undefined if it manages none */
export function sentryProjectOf({ erp: { sentry } }: Pick<Environment, "erp">): SentryProject | undefined {
  return sentry.mode === "off" ? undefined : sentry.project;
}

/** Address of the Sentry server of a project. */
export function sentryUrl({ baseUrl = "https://sentry.io" }: Pick<SentryProject, "baseUrl">): string {
  return baseUrl;
}
