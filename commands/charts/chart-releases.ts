import { basename } from "node:path";
import type { Stack } from "../read-stack";
import { stackName } from "../stack-name";
import type { ChartReference } from "./helm";

/** A Helm release of one environment. */
export interface Release {
  readonly environment: string;
  readonly name: string;
  readonly namespace: string;
  readonly chart: ChartReference;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The releases of all environments, except those of our own chart, whose values are custom resources. */
export function releases(stacks: readonly Stack[]): readonly Release[] {
  return stacks.flatMap(({ name: stack, resources }) =>
    resources
      .filter(({ type }) => type === "helm_release")
      .map(({ arguments: given }) => given as unknown as Given)
      .filter(({ chart }) => !chart.startsWith("./assets/"))
      .map(({ name, namespace, chart, version, repository, values }) => ({
        environment: stackName(stack).environment,
        name,
        namespace,
        // A mirror may be a folder of packages.
        chart: { name: basename(chart, `-${version}.tgz`), version, repository },
        values: JSON.parse(values[0] ?? "{}"),
      })),
  );
}

/**
 * The arguments of a `helm_release`, as Terraform's Helm provider defines them. Only the fields that we read are
 * listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
interface Given {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly repository?: string;
  readonly values: readonly string[];
}
