import { outline } from "../../kit/dashboards/outline";
import type { Resource, Stack } from "../read-stack";
import { stackName } from "../stack-name";
import type { RenderedDocument } from "./document";
import { type Fields, type HelmRelease, helmRelease, type Manifest } from "./helm-release";
import { manifest } from "./manifest";
import { objectFile, valuesFile } from "./object-file";

/** Rendered files of an environment, by their path in its folder. */
export type Files = ReadonlyMap<string, readonly RenderedDocument[]>;

/** A document and the path of its file. */
type Placed = readonly [file: string, document: RenderedDocument];

/** A stack in a folder of its own, each thing in the file where its reviewer looks for it. */
export function files({ name, settings, resources }: Stack): Files {
  const folder = stackName(name).layer;
  const placed: Placed[] = [
    ["terraform.yaml", { content: settings }],
    ...resources.flatMap((resource) => {
      if (resource.type === "helm_release") return release(helmRelease(resource));
      return [resource.type.startsWith("sentry_") ? sentry(resource) : kubernetes(resource)];
    }),
  ];
  const found = new Map<string, RenderedDocument[]>();
  for (const [file, document] of placed) {
    const path = `${folder}/${file}`;
    found.set(path, [...(found.get(path) ?? []), document]);
  }
  return found;
}

/** An object in its file: a dashboard as an outline, and the rules of Loki without their ConfigMap. */
function kubernetes(resource: Resource): Placed {
  const document = manifest(resource);
  const content = document.content as Manifest;
  const { metadata, data } = content;
  if (metadata.labels?.grafana_dashboard && data) {
    const folder = metadata.annotations?.grafana_folder;
    const outlined = { folder, ...outline(JSON.parse(Object.values(data)[0] ?? "{}")) };
    return [objectFile(content), { content: outlined }];
  }
  if (data?.["rules.yaml"]) return [objectFile(content), { content: JSON.parse(data["rules.yaml"]) }];
  return [objectFile(content), document];
}

/** A resource of Sentry, with the arguments of Terraform's provider. */
function sentry({ type, id, arguments: given }: Resource): Placed {
  const file = /_alert$/.test(type) ? "alerts.yaml" : /_monitor$/.test(type) ? "monitors.yaml" : "project.yaml";
  return [file, { about: { resource: `${type}.${id}` }, content: given }];
}

/** The values of a release. The values of our own chart are custom resources, each in a separate file. */
function release({ name, namespace, chart, values, resources, behaviour }: HelmRelease): Placed[] {
  const path = valuesFile(name);
  if (chart === undefined) {
    const about = { chart: "charts/custom-resources", namespace, ...behaviour };
    return [[path, { about, content: {} }], ...resources.map(customResource)];
  }
  const { version, repository } = chart;
  return chartRelease(path, { chart: chart.path ?? chart.name, version, repository, namespace, ...behaviour }, values);
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

/**
 * The values of the chart kube-prometheus-stack. Only the fields that we read are listed.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
interface Values {
  readonly alertmanager?: { readonly config?: unknown };
}

function customResource(resource: Manifest): Placed {
  return [objectFile(resource), { content: resource.kind === "PrometheusRule" ? resource.spec : resource }];
}
