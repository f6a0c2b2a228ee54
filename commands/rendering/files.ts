import { outline } from "../../kit/dashboards/outline";
import type { Resource, Stack } from "../read-stack";
import { stackName } from "../stack-name";
import type { RenderedDocument } from "./document";
import { manifest } from "./manifest";

/** Rendered files of an environment, by their path in its folder. */
export type Files = ReadonlyMap<string, readonly RenderedDocument[]>;

/** A document and the path of its file. */
type Placed = readonly [file: string, document: RenderedDocument];

/** A stack in a folder of its own, each thing in the file where its reviewer looks for it. */
export function files({ name, settings, resources }: Stack): Files {
  const folder = stackName(name).layer;
  const placed: Placed[] = [
    ["terraform.yaml", { content: settings }],
    ...resources.flatMap((resource) => (resource.type === "helm_release" ? release(resource) : [kubernetes(resource)])),
  ];
  const found = new Map<string, RenderedDocument[]>();
  for (const [file, document] of placed) {
    const path = `${folder}/${file}`;
    found.set(path, [...(found.get(path) ?? []), document]);
  }
  return found;
}

/** Objects of one workload are in one file, which is named after it. Kinds that form a table have a common file. */
function kubernetes(resource: Resource): Placed {
  const document = manifest(resource);
  const { kind, metadata, data } = document.content as Manifest;
  const folder = metadata.annotations?.grafana_folder;
  if (metadata.labels?.grafana_dashboard && data) {
    const content = { folder, ...outline(JSON.parse(Object.values(data)[0] ?? "{}")) };
    return [`dashboards/${metadata.name.replace("dashboard-", "")}.yaml`, { content }];
  }
  if (data?.["rules.yaml"]) return [`${metadata.name}.yaml`, { content: JSON.parse(data["rules.yaml"]) }];
  return [tables[kind] ?? `${metadata.name}.yaml`, document];
}

/**
 * A Kubernetes object, as its rendered file contains it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}

const tables: Readonly<Record<string, string>> = {
  Namespace: "namespaces.yaml",
  NetworkPolicy: "network-policies.yaml",
  PriorityClass: "priority-classes.yaml",
  Probe: "monitors.yaml",
  PodMonitor: "monitors.yaml",
  ServiceMonitor: "monitors.yaml",
};

/** The values of a release. The values of our own chart are custom resources, each in a separate file. */
function release({ arguments: given }: Resource): Placed[] {
  const { name, chart, version, repository, namespace, values, ...behaviour } = given as unknown as Release;
  const path = `releases/${name}.yaml`;
  const content = JSON.parse(values[0] ?? "{}");
  if (!chart.startsWith("./assets/")) {
    return chartRelease(path, { chart, version, repository, namespace, ...behaviour }, content);
  }
  // The copied chart's folder is named after a hash of its content.
  const about = { chart: "charts/custom-resources", namespace, ...behaviour };
  const resources: CustomResource[] = Object.values(content.resources);
  return [[path, { about, content: {} }], ...resources.map(customResource)];
}

/**
 * The arguments of a `helm_release`, as Terraform's Helm provider defines them. Only the fields that we name are
 * listed.
 * @see https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release
 */
interface Release {
  readonly name: string;
  readonly chart: string;
  readonly version?: string;
  readonly repository?: string;
  readonly namespace: string;
  readonly values: readonly string[];
}

/** The values of a chart. Alertmanager's configuration becomes a separate file, which `amtool` can read. */
function chartRelease(path: string, about: Fields, values: Values): Placed[] {
  if (values.alertmanager?.config === undefined) return [[path, { about, content: values }]];
  const { config, ...alertmanager } = values.alertmanager;
  return [
    [path, { about, content: { ...values, alertmanager } }],
    ["alertmanager.yaml", { content: config }],
  ];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The values of the chart kube-prometheus-stack. Only the fields that we read are listed.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
interface Values {
  readonly alertmanager?: { readonly config?: unknown };
}

interface CustomResource extends Manifest {
  readonly spec: unknown;
}

function customResource(resource: CustomResource): Placed {
  const { kind, metadata, spec } = resource;
  if (kind === "PrometheusRule") return [`rules/${metadata.name}.yaml`, { content: spec }];
  return [tables[kind] ?? `${metadata.name}.yaml`, { content: resource }];
}
