import type { Stack } from "../read-stack";
import { manifest } from "../rendering/manifest";

/** An object that the configuration deploys, with Kubernetes' fields. */
export interface ExpectedObject {
  /** The stack that deploys it, such as `local-erp`. */
  readonly stack: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** The namespace of the object. @default the object belongs to the whole cluster */
    readonly namespace?: string;
  };
  /** All fields of the object, with `apiVersion`, `kind` and `metadata`. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** A Helm release that the configuration deploys. */
export interface ExpectedRelease {
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  /** The version of the chart. @default the chart is our own, whose version never changes */
  readonly version?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The objects that the stacks deploy themselves. Objects of charts are part of their release. */
export function expectedObjects(stacks: readonly Stack[]): readonly ExpectedObject[] {
  return stacks.flatMap((stack) =>
    stack.resources.flatMap(({ type, arguments: given }) => {
      if (type === "helm_release") return customResources(stack.name, given as unknown as Release);
      return type.startsWith("kubernetes_") ? [expected(stack.name, manifest({ type, arguments: given }).content)] : [];
    }),
  );
}

export function expectedReleases(stacks: readonly Stack[]): readonly ExpectedRelease[] {
  return stacks.flatMap(({ name: stack, resources }) =>
    resources
      .filter(({ type }) => type === "helm_release")
      .map(({ arguments: given }) => given as unknown as Release)
      .map(({ name, namespace, version, values }) => ({ stack, name, namespace, version, values: valuesOf(values) })),
  );
}

/**
 * The arguments of a `helm_release`, as Terraform's Helm provider defines them. Only the fields that we read are
 * listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version?: string;
  readonly values?: readonly string[];
}

/** The custom resources of a release of our own chart, which prints its values unchanged. */
function customResources(stack: string, { chart, namespace, values }: Release): ExpectedObject[] {
  if (!chart.startsWith("./assets/")) return [];
  const { resources = {} } = valuesOf(values);
  return Object.values(resources as Readonly<Record<string, ExpectedObject>>).map((resource) => {
    const { metadata } = resource;
    return expected(stack, { ...resource, metadata: { ...metadata, namespace } });
  });
}

function expected(stack: string, content: unknown): ExpectedObject {
  const fields = content as ExpectedObject["manifest"];
  const { kind, metadata } = fields as unknown as ExpectedObject;
  return { stack, kind, metadata, manifest: fields };
}

function valuesOf(values: readonly string[] = []): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...values.map((text) => JSON.parse(text)));
}

/** `Deployment erp/erp-api` */
export function objectName({ kind, metadata: { namespace, name } }: Pick<ExpectedObject, "kind" | "metadata">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
