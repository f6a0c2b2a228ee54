import type { Construct } from "constructs";
import { namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import { sentryDsnPattern, sentryDsnRemedy, sentryDsnVariable } from "../config/sentry-dsn";
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
    variable: sentryDsnVariable,
    description: "DSN of the ERP's project in Sentry",
    pattern: sentryDsnPattern,
    remedy: sentryDsnRemedy,
    revision: sentry.revision,
  });
}
