import type { Environment } from "./environment";
import type { SecretRef } from "./fields";

/** The key of the Secret that the stacks create for the mode `managed`. */
export const managedDsn: SecretRef = { name: "sentry-dsn", key: "dsn" };

/** The key of a Secret that contains the DSN. */
export function sentryDsn(sentry: Exclude<Environment["erp"]["sentry"], { mode: "off" }>): SecretRef {
  return sentry.mode === "existing" ? sentry.secret : managedDsn;
}

/** Terraform variable that contains a managed DSN. */
export const sentryDsnVariable = "sentry_dsn";

/**
 * Pattern of `https://<public key>@<host>/<project id>`, in syntax that both Terraform and JavaScript accept. In tier
 * `production`, plain http is refused: reports contain data of users.
 */
export function sentryDsnPattern({ tier }: Pick<Environment, "tier">): string {
  const scheme = tier === "production" ? "https" : "https?";
  return `^${scheme}://[0-9a-zA-Z]+@[^/@:]+(:[0-9]+)?/([^/]+/)*[0-9]+$`;
}

export const sentryDsnRemedy =
  "TF_VAR_sentry_dsn must be a Sentry DSN, https://<public key>@<host>/<project id>. Copy it from the project's settings, Client Keys.";
