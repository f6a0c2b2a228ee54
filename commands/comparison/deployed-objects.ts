import type { Resource, Stack } from "../read-stack";
import { stackName } from "../stack-name";

/** A Kubernetes object or a Helm release that a stack deploys. */
export interface DeployedObject {
  /** Kind and name, which stay the same if the construct is renamed: `NetworkPolicy erp/redis`. */
  readonly name: string;
  /** Kind of a Kubernetes object, `Helm release`, or Terraform's type for any other object. */
  readonly kind: string;
  /** Name of the stack without its environment, and address in Terraform's state. */
  readonly address: string;
  /** Arguments of Terraform, or fields of a custom resource. Text that is JSON is parsed. */
  readonly content: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Objects of the stacks by name. Custom resources are listed one by one, in addition to the release that contains them.
 */
export function deployedObjects(stacks: readonly Stack[]): Readonly<Record<string, DeployedObject>> {
  const objects = stacks.flatMap((stack) => stack.resources.flatMap((resource) => objectsOf(resource, stack)));
  return Object.fromEntries(objects.map((object) => [object.name, object]));
}

function objectsOf({ type, id, arguments: given }: Resource, stack: Stack): DeployedObject[] {
  const address = `${stackName(stack.name).layer}: ${type}.${id}`;
  // `depends_on` only determines the order of an apply.
  const { depends_on: _dependsOn, ...content } = given;
  if (type === "helm_release") return release(content as unknown as Release, address);
  const { name = id, namespace } = (content.metadata ?? {}) as Metadata;
  const kind = type.startsWith("kubernetes_") ? pascalCase(type.replace(/^kubernetes_|_v\d+$/g, "")) : type;
  return [{ name: objectName(kind, name, namespace), kind, address, content: parseTexts(content) as Fields }];
}

interface Metadata {
  /** The name of the object. @default the object is not one of Kubernetes */
  readonly name?: string;
  /** The namespace of the object. @default the object belongs to the whole cluster */
  readonly namespace?: string;
}

/**
 * The arguments of a `helm_release`. Only the fields that we read are listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values?: readonly string[];
}

function release({ values = [], ...given }: Release, address: string): DeployedObject[] {
  const merged: Fields = Object.assign({}, ...values.map((text) => JSON.parse(text)));
  const name = objectName("Helm release", given.name, given.namespace);
  const local = given.chart.startsWith("./assets/");
  // The folder of a local chart is named after a hash of its files.
  const chart = local ? `local chart ${given.chart.slice(given.chart.lastIndexOf("/") + 1, -24)}` : given.chart;
  const { resources, ...others } = merged;
  const content = { ...given, chart, values: local ? others : merged };
  const customResources = local ? Object.values((resources ?? {}) as Readonly<Record<string, CustomResource>>) : [];
  return [
    { name, kind: "Helm release", address, content },
    ...customResources.map((resource) => ({
      name: objectName(resource.kind, resource.metadata.name, given.namespace),
      kind: resource.kind,
      address,
      content: resource as unknown as Fields,
    })),
  ];
}

interface CustomResource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function objectName(kind: string, name: string, namespace?: string): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** Parses texts that contain a JSON object or list, such as a dashboard in a ConfigMap. */
function parseTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parseTexts);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, parseTexts(item)]));
  }
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function pascalCase(type: string): string {
  return `_${type}`.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
