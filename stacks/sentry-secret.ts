import type { Construct } from "constructs";
import { WriteOnlySecret } from "../constructs/write-only-secret";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { managedDsn, sentryDsnPattern, sentryDsnRemedy, sentryDsnVariable } from "../settings/sentry-dsn";

type Sentry = Environment["erp"]["sentry"];

export interface SentrySecretProps {
  readonly environment: Pick<Environment, "tier">;
  readonly sentry: Extract<Sentry, { mode: "managed" }>;
}

/** The Secret with the DSN, for Sentry mode `managed`. */
export class SentrySecret extends WriteOnlySecret {
  constructor(scope: Construct, id: string, { environment, sentry }: SentrySecretProps) {
    super(scope, id, {
      ...managedDsn,
      namespace: namespaces.erp,
      variable: sentryDsnVariable,
      description: "DSN of the ERP's project in Sentry",
      pattern: sentryDsnPattern(environment),
      remedy: sentryDsnRemedy,
      revision: sentry.revision,
    });
  }
}
