import type { Environment } from "../../settings/environment";
import { documentsText } from "../rendering/document";
import { adaptedManifests, hasDefinitions, type ObjectAnnotations } from "./adapted-manifests";
import type { ExportedFile } from "./export-folder";
import type { ChartRelease, Layer } from "./layers";
import type { Location } from "./location";
import { readme } from "./readme";

/** The namespace of Argo CD, which contains all Applications. */
const namespace = "argocd";

/** Name of the Application that contains the others, and prefix of their names. */
const prefix = "erp-observability";

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const annotations: ObjectAnnotations = {
  keep: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" },
  replace: { "argocd.argoproj.io/sync-options": "Force=true,Replace=true" },
};

/** An environment as manifests and Applications of Argo CD, one for the objects of each layer and one for each release. */
export function argocdExport(
  environment: Environment,
  layers: readonly Layer[],
  location: Location,
): ReadonlyMap<string, ExportedFile> {
  const { path } = location;
  const applications = layers.flatMap((layer, index) => [
    // The objects of a layer come before its releases, and after the releases of the previous layer.
    application(layer.name, 2 * index, gitSource(location, `${path}/${layer.name}`), {}),
    ...layer.releases.map((release) =>
      application(release.name, 2 * index + 1, chartSource(release), {
        destination: release.namespace,
        prune: !hasDefinitions(release),
      }),
    ),
  ]);
  return new Map([
    ["README.md", readme(environment, { target: "argocd", ...sections(location) })],
    ["root.yaml", document(application(undefined, undefined, gitSource(location, `${path}/applications`), {}))],
    ...applications.map((one): [string, ExportedFile] => [
      `applications/${one.metadata.name.slice(prefix.length + 1)}.yaml`,
      document(one),
    ]),
    ...layers.flatMap((layer) => [...adaptedManifests(layer, annotations)]),
  ]);
}

function document(content: object): ExportedFile {
  return { text: documentsText([{ content }]) };
}

interface ApplicationOptions {
  /** Namespace of the objects that name none. @default every object names its namespace */
  readonly destination?: string;
  /** Whether Argo CD deletes objects that are no longer in the source. @default true */
  readonly prune?: boolean;
}

/**
 * An Application without a finalizer, so that nothing else is deleted with it.
 *
 * @param name name after the prefix. @default the Application that contains the others
 * @param wave Applications of a wave are synced when those of all lower waves are healthy. @default no wave
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
 */
function application(
  name: string | undefined,
  wave: number | undefined,
  source: object,
  { destination, prune = true }: ApplicationOptions,
) {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: name === undefined ? prefix : `${prefix}-${name}`,
      namespace,
      ...(wave !== undefined && { annotations: { "argocd.argoproj.io/sync-wave": String(wave) } }),
    },
    spec: {
      project: "default",
      source,
      destination: { server: "https://kubernetes.default.svc", ...(destination && { namespace: destination }) },
      revisionHistoryLimit: 5,
      syncPolicy: {
        automated: { prune },
        syncOptions: [
          // The CRDs are larger than the annotation of a client-side apply allows.
          "ServerSideApply=true",
          // A Job that is not changed must not run again.
          "ApplyOutOfSyncOnly=true",
          // Only the waves create the CRDs of custom resources in time.
          "SkipDryRunOnMissingResource=true",
          ...(prune ? [] : ["Prune=false", "Delete=false"]),
        ],
        retry: { limit: 10, backoff: { duration: "30s", factor: 2, maxDuration: "5m" } },
      },
    },
  };
}

function gitSource({ repository, revision }: Location, path: string): object {
  return { repoURL: repository, targetRevision: revision, path, directory: { recurse: true } };
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function chartSource({ name, chart, values }: ChartRelease): object {
  return {
    // Argo CD recognises an OCI registry by an address without a scheme.
    repoURL: (chart.repository ?? "").replace(/^oci:\/\//, ""),
    chart: chart.name,
    targetRevision: chart.version,
    helm: { releaseName: name, valuesObject: values },
  };
}

function sections({ path, repository }: Location) {
  return {
    apply: `Commit this folder as \`${path}\` to ${repository}, which Argo CD must be able to read. Then create the Application that contains
the others, once:

    kubectl apply -f root.yaml

Argo CD must assess the health of Applications, which it does not by default: otherwise it does not wait between the waves, and the
Applications are synced again until they succeed. \`docs/gitops.md\` contains the setting. Versions before 3.0 also need
\`application.resourceTrackingMethod: annotation\`.

The wave 0 creates the namespaces of the Secrets. Until the Secrets exist, the pods that read them do not start.`,
    remove: `Delete the Application \`${prefix}\` and the others. Argo CD leaves all objects in the cluster, because the Applications have no
finalizer. Delete the objects by hand. The namespaces contain data, and all rules and monitors of the cluster depend on the CRDs.`,
  };
}
