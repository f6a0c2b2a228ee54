import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { placeholderFaults } from "../placeholders";

/** The reasons why an environment cannot be exported, although Terraform can deploy it. */
export function exportFaults(environment: Environment): readonly Fault[] {
  const onlyForTerraform = `config/${environment.name}.ts: state.`;
  return [
    ...managedDsnFaults(environment),
    ...placeholderFaults(environment).filter(({ place }) => !place.startsWith(onlyForTerraform)),
  ];
}

/** Terraform writes a managed DSN from a variable. An export has no place for the value, because it contains no secret. */
function managedDsnFaults({ name, erp: { sentry } }: Environment): readonly Fault[] {
  if (sentry.mode !== "managed") return [];
  return [
    {
      place: `config/${name}.ts: erp.sentry.mode`,
      value: '"managed"',
      rule: "must not be managed in an export, because only Terraform can write the DSN into its Secret",
      remedy: 'write `mode: "existing"` and the name and key of a Secret that you create in the namespace `erp`',
    },
  ];
}
