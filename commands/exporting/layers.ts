import type { Resource, Stack } from "../read-stack";
import type { RenderedDocument } from "../rendering/document";
import { type HelmRelease, helmRelease, type Manifest } from "../rendering/helm-release";
import { manifest } from "../rendering/manifest";
import { objectFile } from "../rendering/object-file";
import { layers, stackName } from "../stack-name";

/** Everything that one stack deploys, without Terraform's own terms. Its parts are applied in the order of the fields. */
export interface Layer {
  /** The layer in the name of the stack, such as `monitoring`. */
  readonly name: string;
  readonly objects: readonly Manifest[];
  /** Releases of third-party charts. */
  readonly releases: readonly ChartRelease[];
  /** Releases of our own chart, which creates the custom resources in its values. */
  readonly customResources: readonly HelmRelease[];
}

/** A release of a third-party chart. */
export type ChartRelease = HelmRelease & Required<Pick<HelmRelease, "chart">>;

/** The layers of the stacks of an environment, in the order in which they are deployed. */
export function layersOf(stacks: readonly Stack[]): readonly Layer[] {
  return stacks.map(layer).sort((one, other) => layers.indexOf(one.name) - layers.indexOf(other.name));
}

function layer({ name, resources }: Stack): Layer {
  for (const resource of resources) refuseLateObject(resource);
  const releases = resources.filter(({ type }) => type === "helm_release").map(helmRelease);
  return {
    name: stackName(name).layer,
    objects: resources
      .filter(({ type }) => type !== "helm_release")
      .map((resource) => manifest(resource).content as Manifest),
    releases: releases.filter((one): one is ChartRelease => one.chart !== undefined),
    customResources: releases.filter(({ chart }) => chart === undefined),
  };
}

/** Objects are applied before releases. Terraform also has the opposite order, which no stack uses. */
function refuseLateObject({ type, id, arguments: { depends_on: after = [] } }: Resource): void {
  if (type === "helm_release" || !(after as readonly string[]).some((one) => one.startsWith("helm_release."))) return;
  throw new Error(
    `${type}.${id} depends on a Helm release. commands/exporting/layers.ts applies objects before releases`,
  );
}

/**
 * Objects by their file, relative to the folder of the layer, in an order in which they can be applied: namespaces first.
 */
export function objectFiles(objects: readonly Manifest[]): ReadonlyMap<string, readonly RenderedDocument[]> {
  const files = new Map<string, RenderedDocument[]>();
  for (const content of [...objects].sort((one, other) => rank(one) - rank(other))) {
    const file = objectFile(content);
    files.set(file, [...(files.get(file) ?? []), { content }]);
  }
  return files;
}

function rank({ kind }: Manifest): number {
  return kind === "Namespace" ? 0 : 1;
}

/** The custom resources of a release, with the namespace that Helm would add. */
export function namespacedResources({ namespace, resources }: HelmRelease): readonly Manifest[] {
  return resources.map((resource) => ({ ...resource, metadata: { namespace, ...resource.metadata } }));
}
