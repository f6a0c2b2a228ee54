import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { sentryDsnPattern, sentryDsnVariable } from "../../settings/sentry-dsn";

const shellVariable = `TF_VAR_${sentryDsnVariable}`;

/** What is wrong with the DSN that the shell gives, where the environment needs one. Never shows it. */
export function sentryDsnFaults({ name, erp }: Environment, given: NodeJS.ProcessEnv = process.env): Fault[] {
  if (erp.sentry.mode !== "managed") return [];
  const dsn = given[shellVariable];
  if (new RegExp(sentryDsnPattern).test(dsn ?? "")) return [];
  return [
    {
      place: shellVariable,
      rule: dsn
        ? "must be a DSN of Sentry, https://<public key>@<host>/<project id>"
        : `must be set: \`${name}\` writes its Sentry DSN itself`,
      remedy: `copy it from the project's settings in Sentry, Client Keys; \`read -rs ${shellVariable} && export ${shellVariable}\` keeps it out of the shell's history`,
    },
  ];
}

/**
 * Lets Terraform plan without the DSN: it is write-only, so no plan holds it and none differs by it. For plans that
 * are never applied, or that only delete.
 */
export function standInForSentryDsn(): void {
  process.env[shellVariable] ||= "https://none@sentry.invalid/0";
}
