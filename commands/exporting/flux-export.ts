import type { Environment } from "../../settings/environment";
import { documentsText } from "../rendering/document";
import type { Manifest } from "../rendering/helm-release";
import { valuesFile } from "../rendering/object-file";
import { defaultMinutes } from "../rollouts/follow";
import { shellWord } from "../shell-word";
import { adaptedManifests, annotated, hasDefinitions, type ObjectAnnotations } from "./adapted-manifests";
import type { ExportedFile } from "./export-folder";
import type { ChartRelease, Layer } from "./layers";
import type { Location } from "./location";
import { readme } from "./readme";

/** The namespace that `flux bootstrap` creates. All objects of Flux are in it. */
const namespace = "flux-system";

/** Prefix of the names of all objects of Flux, which share their namespace with those of others. */
const prefix = "erp-observability";

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
const annotations: ObjectAnnotations = {
  keep: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  replace: { "kustomize.toolkit.fluxcd.io/force": "enabled" },
};

/** An environment as manifests, HelmReleases and Kustomizations of Flux. */
export function fluxExport(
  environment: Environment,
  layers: readonly Layer[],
  location: Location,
): ReadonlyMap<string, ExportedFile> {
  const entry = new Map([
    ["sources.yaml", documents(sources(layers))],
    ["layers.yaml", documents(kustomizations(environment, layers, location))],
  ]);
  return new Map([
    ["README.md", readme(environment, { target: "flux", ...sections(environment, location) })],
    ["kustomization.yaml", fileList(entry)],
    ...entry,
    ...layers.flatMap((layer) => [...layerFiles(layer)]),
  ]);
}

function layerFiles(layer: Layer): ReadonlyMap<string, ExportedFile> {
  const files = adaptedManifests(layer, annotations);
  for (const release of layer.releases) {
    files.set(`${layer.name}/${valuesFile(release.name)}`, documents([helmRelease(release)]));
  }
  const list = fileList(new Map([...files].map(([path, file]) => [path.slice(layer.name.length + 1), file])));
  return new Map([...files, [`${layer.name}/kustomization.yaml`, list]]);
}

/** The list of files that Kustomize reads. Without it, Flux would apply every file in the folder and below. */
function fileList(files: ReadonlyMap<string, ExportedFile>): ExportedFile {
  const resources = [...files.keys()];
  return documents([{ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources }]);
}

function documents(objects: readonly object[]): ExportedFile {
  return { text: documentsText(objects.map((content) => ({ content }))) };
}

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/ */
function kustomizations({ tier }: Environment, layers: readonly Layer[], { path, source }: Location): object[] {
  return layers.map(({ name, releases }, index) => {
    const previous = layers[index - 1];
    return {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: `${prefix}-${name}`, namespace },
      spec: {
        ...(previous && { dependsOn: [{ name: `${prefix}-${previous.name}` }] }),
        interval: "10m",
        retryInterval: "2m",
        // At least as long as `npm run rollout` waits.
        timeout: `${Math.max(defaultMinutes * 60, ...releases.map(({ behaviour }) => behaviour.timeout))}s`,
        path: `./${path}/${name}`,
        sourceRef: { kind: "GitRepository", name: source },
        prune: true,
        // A Kustomization that is deleted by mistake deletes nothing else.
        ...(tier !== "local" && { deletionPolicy: "Orphan" }),
        // The next layer starts only when everything in this one is ready.
        wait: true,
      },
    };
  });
}

/** Repositories with an index have one source each. A repository in an OCI registry has a source for each chart. */
function sources(layers: readonly Layer[]): object[] {
  const found = new Map<string, object>();
  for (const { chart } of layers.flatMap(({ releases }) => releases)) {
    const source = isOci(chart) ? ociRepository(chart) : helmRepository(chart);
    found.set(`${source.kind} ${source.metadata.name}`, source);
  }
  return [...found.values()];
}

type Chart = ChartRelease["chart"];

function isOci({ repository = "" }: Chart): boolean {
  return repository.startsWith("oci://");
}

/** @see https://fluxcd.io/flux/components/source/helmrepositories/ */
function helmRepository(chart: Chart) {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "HelmRepository",
    metadata: { name: sourceName(chart), namespace },
    spec: { interval: "1h", url: chart.repository },
  };
}

/** @see https://fluxcd.io/flux/components/source/ocirepositories/ */
function ociRepository(chart: Chart) {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata: { name: sourceName(chart), namespace },
    spec: {
      interval: "1h",
      url: `${chart.repository}/${chart.name}`,
      // A tag cannot contain a plus sign, so Helm writes an underscore.
      ref: { tag: chart.version.replace("+", "_") },
      layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
    },
  };
}

function sourceName(chart: Chart): string {
  if (isOci(chart)) return `${prefix}-${chart.name}`;
  const address = (chart.repository ?? "").replace(/^https?:\/\//, "").toLowerCase();
  return `${prefix}-${address.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "")}`;
}

/** @see https://fluxcd.io/flux/components/helm/helmreleases/ */
function helmRelease(release: ChartRelease): Manifest {
  const { name, namespace: target, chart, behaviour, values } = release;
  const remediation = { retries: 3, remediateLastFailure: true };
  const definitions = hasDefinitions(release) ? { crds: "CreateReplace" } : {};
  const object = {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: `${prefix}-${name}`, namespace },
    spec: {
      interval: "1h",
      releaseName: name,
      targetNamespace: target,
      // Helm stores the release where Terraform stores it, so that Flux continues a release of Terraform.
      storageNamespace: target,
      timeout: `${behaviour.timeout}s`,
      maxHistory: behaviour.max_history,
      ...chartFields(chart),
      // A failed release is removed if it is new, and otherwise rolled back, as with `atomic`.
      install: { ...definitions, remediation },
      upgrade: { ...definitions, cleanupOnFail: true, remediation: { ...remediation, strategy: "rollback" } },
      values,
    },
  };
  return annotated<Manifest>(object, hasDefinitions(release) ? annotations.keep : {});
}

function chartFields(chart: Chart): object {
  if (isOci(chart)) return { chartRef: { kind: "OCIRepository", name: sourceName(chart) } };
  const { name, version } = chart;
  return { chart: { spec: { chart: name, version, sourceRef: { kind: "HelmRepository", name: sourceName(chart) } } } };
}

function sections({ tier }: Environment, { path, source }: Location) {
  const removed =
    tier === "local"
      ? "Flux deletes all objects, except namespaces, volumes and the CRDs."
      : "Flux leaves all objects in the cluster (`deletionPolicy: Orphan`).";
  return {
    apply: `Commit this folder as \`${path}\` to the repository of the GitRepository \`${namespace}/${source}\`. If no Kustomization of Flux contains
this path yet, create one:

    flux create kustomization ${prefix} ${shellWord(`--source=GitRepository/${source}`)} ${shellWord(`--path=./${path}`)} --prune=true --interval=10m

Flux then applies the Kustomizations \`${prefix}-base\`, \`-monitoring\` and \`-erp\`, each when everything in the previous one is ready.
\`base\` creates the namespaces of the Secrets. Until the Secrets exist, the releases that read them fail and are tried again, three times.
If they have failed more often, start them again: \`flux reconcile helmrelease <name> --namespace ${namespace} --reset --force\`.`,
    remove: `Delete the Kustomization that contains this folder. ${removed} Delete the rest by hand. The namespaces contain data, and all rules and
monitors of the cluster depend on the CRDs.`,
  };
}
