import { parseAllDocuments } from "yaml";
import type { Release } from "./chart-releases";
import type { Helm } from "./helm";

/**
 * A Kubernetes object, as a chart renders it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly Rule[];
  readonly data?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: its fields depend on the kind
  readonly spec?: any;
}

/**
 * A rule of a Role or ClusterRole, as Kubernetes defines it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

/** The manifests that Helm renders for a release, without CRDs, or Helm's error message. */
export async function manifests(
  helm: Helm,
  release: Release,
  chart: string,
): Promise<readonly Manifest[] | { readonly error: string }> {
  const rendered = await renderedDocuments(helm, release, chart);
  return "error" in rendered ? rendered : parseManifests(rendered);
}

/** The YAML documents that Helm renders for a release, or Helm's error message. */
export async function renderedDocuments(
  helm: Helm,
  { name, namespace, values }: Release,
  chart: string,
): Promise<readonly string[] | { readonly error: string }> {
  const api = ["--kube-version", "1.33.0", "--api-versions", "monitoring.coreos.com/v1"];
  const args = ["template", name, chart, "--namespace", namespace, "--values", "-", ...api];
  const { code, stdout, stderr } = await helm.run(args, JSON.stringify(values));
  return code === 0 ? stdout.split(/^---$/m) : { error: stderr.trim() };
}

/** The objects in the documents, except CRDs: they are several megabytes, and our values do not change them. */
export function parseManifests(documents: readonly string[]): readonly Manifest[] {
  const wanted = documents.filter((text) => !/^kind: CustomResourceDefinition$/m.test(text));
  return parseAllDocuments(wanted.join("---\n"))
    .map((document) => document.toJS())
    .filter((manifest) => manifest?.kind);
}
