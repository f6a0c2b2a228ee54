import { textForProvider } from "./literal";

export type Texts = Readonly<Record<string, string>>;

/**
 * An object that a stack deploys, in Terraform's form. A custom resource has its own form. Only the fields that we read are
 * listed.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/config_map_v1
 */
export interface StackObject {
  /** Kind and name, such as `ConfigMap loki-rules`. */
  readonly place: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Texts;
    readonly annotations?: Texts;
  };
  readonly data?: Texts;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own form, which the provider defines
  readonly spec?: any;
}

/** A Helm release of a stack. */
export interface StackRelease {
  /** `release <name>` */
  readonly place: string;
  readonly name: string;
  /** The values as JSON. */
  readonly values: string;
  /** The objects in the values of our own chart. @default the chart of another project, which synth does not read */
  readonly resources?: readonly StackObject[];
}

export interface StackContents {
  readonly objects: readonly StackObject[];
  readonly releases: readonly StackRelease[];
}

/** The objects and releases in the Terraform configuration of a stack. */
export function stackContents({ resource = {} }: StackJson): StackContents {
  const { helm_release: releases = {}, ...objects } = unescapeAll(resource) as Resources;
  return {
    objects: Object.entries(objects)
      .filter(([type]) => type.startsWith("kubernetes_"))
      .flatMap(([type, named]) =>
        Object.values(named).map((object) => stackObject({ ...(object as StackObject), kind: kindOf(type) })),
      ),
    releases: Object.values(releases as Record<string, Release>).map(
      ({ name, chart, values: [values = "{}"] = [] }) => ({
        place: `release ${name}`,
        name,
        values,
        ...(chart.startsWith("./assets/") && { resources: customResources(values) }),
      }),
    ),
  };
}

/** @see https://developer.hashicorp.com/terraform/language/syntax/json */
interface StackJson {
  readonly resource?: Resources;
}

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release */
interface Release {
  readonly name: string;
  readonly chart: string;
  readonly values?: readonly string[];
}

function customResources(values: string): readonly StackObject[] {
  return Object.values<StackObject>(JSON.parse(values).resources).map(stackObject);
}

function stackObject(object: Omit<StackObject, "place">): StackObject {
  return { ...object, place: `${object.kind} ${object.metadata.name}` };
}

/** `kubernetes_config_map_v1` is a `ConfigMap`. */
function kindOf(type: string): string {
  const words = type.split("_").filter((word) => word !== "kubernetes" && !/^v\d/.test(word));
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function unescapeAll(value: unknown): unknown {
  if (typeof value === "string") return textForProvider(value);
  if (Array.isArray(value)) return value.map(unescapeAll);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unescapeAll(inner)]));
}
