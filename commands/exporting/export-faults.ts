import type { Fault } from "../../faults";
import type { Environment } from "../../settings/environment";
import { placeholderFaults } from "../placeholders";
import type { Target } from "./target";

/**
 * The reasons why an environment cannot be exported, although Terraform can deploy it.
 *
 * @param target the program that applies the export; undefined if it is not known
 */
export function exportFaults(environment: Environment, target: Target | undefined): readonly Fault[] {
  const onlyForTerraform = `config/${environment.name}.ts: state.`;
  return [
    ...managedDsnFaults(environment),
    ...(target === undefined || target === "helm" ? [] : chartFolderFaults(environment, target)),
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

/** Only a program on this machine can read charts from a folder. */
function chartFolderFaults({ name, mirrors: { charts } }: Environment, target: Target): readonly Fault[] {
  if (charts === undefined || /^(https?|oci):\/\//.test(charts)) return [];
  return [
    {
      place: `config/${name}.ts: mirrors.charts`,
      value: JSON.stringify(charts),
      rule: `must be the address of a repository in an export for ${target}, which runs in the cluster`,
      remedy: "write an address with https:// or oci://, or export for helm",
    },
  ];
}
