import type { Construct } from "constructs";
import { namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import type { SecretKey } from "../constructs/container";
import { WriteOnlySecret } from "../constructs/write-only-secret";

type Sentry = Environment["erp"]["sentry"];

const managed = { name: "sentry-dsn", key: "dsn" };

/** The key that holds the DSN. */
export function sentryDsn(sentry: Exclude<Sentry, { mode: "off" }>): SecretKey {
  return sentry.mode === "existing" ? sentry.secret : managed;
}

/** Lays the DSN down where it is ours to write. */
export function sentrySecret(scope: Construct, sentry: Sentry): void {
  if (sentry.mode !== "managed") return;
  new WriteOnlySecret(scope, "SentryDsn", {
    ...managed,
    namespace: namespaces.erp,
    variable: "sentry_dsn",
    description: "DSN of the ERP's project in Sentry",
    pattern: "^https?://[0-9a-zA-Z]+@[^/@:]+(:[0-9]+)?/([^/]+/)*[0-9]+$",
    remedy:
      "TF_VAR_sentry_dsn must be a DSN of Sentry, https://<public key>@<host>/<project id>: copy it from the project's settings, Client Keys.",
    revision: sentry.revision,
  });
}
