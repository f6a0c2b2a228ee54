import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { sentryDsnPattern, sentryDsnVariable } from "../../settings/sentry-dsn";

const shellVariable = `TF_VAR_${sentryDsnVariable}`;

/** Faults of the DSN in the shell's environment, if the environment needs one. They never contain the DSN. */
export function sentryDsnFaults({ name, tier, erp }: Environment, given: NodeJS.ProcessEnv = process.env): Fault[] {
  if (erp.sentry.mode !== "managed") return [];
  const dsn = given[shellVariable];
  if (new RegExp(sentryDsnPattern({ tier })).test(dsn ?? "")) return [];
  return [
    {
      place: shellVariable,
      rule: dsn
        ? "must be a DSN of Sentry, https://<public key>@<host>/<project id>"
        : `must be set, because Terraform writes the Sentry DSN of \`${name}\``,
      remedy: `copy it from Client Keys in the settings of the project in Sentry; \`read -rs ${shellVariable} && export ${shellVariable}\` keeps it out of the shell's history`,
    },
  ];
}

/**
 * Sets a placeholder, so that Terraform can plan without the DSN. The DSN is write-only, so a plan neither contains it
 * nor depends on it. Use it only for plans that are never applied, or that only delete.
 */
export function setPlaceholderSentryDsn(): void {
  process.env[shellVariable] ||= "https://none@sentry.invalid/0";
}
