import { basename } from "node:path";
import type { Resource } from "../read-stack";

export type Fields = Readonly<Record<string, unknown>>;

/**
 * A Kubernetes object, as its manifest contains it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

/** A `helm_release` of a stack. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly values: Fields;
  /** The third-party chart. @default the release has our own chart, `charts/custom-resources` */
  readonly chart?: ReleasedChart;
  /** The objects that our own chart creates. Empty for any other chart. */
  readonly resources: readonly Manifest[];
  /** The other arguments, which decide how Terraform installs the release, in snake_case. */
  readonly behaviour: Behaviour;
}

/** A chart at an exact version. */
export interface ReleasedChart {
  readonly name: string;
  readonly version: string;
  /** Address of the repository. @default the chart is a package in a folder */
  readonly repository?: string;
  /** Path of the package, relative to the folder of the stack. @default the chart is in a repository */
  readonly path?: string;
}

/**
 * Arguments of a `helm_release` that decide how it is installed. Only those that we read are listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
export interface Behaviour extends Fields {
  /** How long Helm waits for the pods of the release, in seconds. */
  readonly timeout: number;
  readonly max_history: number;
}

/**
 * The arguments of a `helm_release`. Only those that we name are listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
interface Arguments extends Behaviour {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version?: string;
  readonly repository?: string;
  readonly values: readonly string[];
}

/** Reads a resource of type `helm_release`. */
export function helmRelease({ arguments: given }: Resource): HelmRelease {
  const {
    name,
    chart,
    version = "",
    repository,
    namespace,
    values: texts,
    ...behaviour
  } = given as unknown as Arguments;
  const values: Fields = JSON.parse(texts[0] ?? "{}");
  // The copied folder of our own chart is named after a hash of its content.
  if (chart.startsWith("./assets/")) {
    const resources = Object.values(values.resources as Readonly<Record<string, Manifest>>);
    return { name, namespace, values, resources, behaviour };
  }
  const source = repository === undefined ? { path: chart } : { repository };
  const released = { name: basename(chart, `-${version}.tgz`), version, ...source };
  return { name, namespace, values, chart: released, resources: [], behaviour };
}
