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

/** The manifests that Helm renders for a release, or Helm's error message. */
export async function manifests(
  helm: Helm,
  release: Release,
  chart: string,
): Promise<readonly Manifest[] | { readonly error: string }> {
  const { name, namespace, values } = release;
  const api = ["--kube-version", "1.33.0", "--api-versions", "monitoring.coreos.com/v1"];
  const args = ["template", name, chart, "--namespace", namespace, "--values", "-", ...api];
  const { code, stdout, stderr } = await helm.run(args, JSON.stringify(values));
  if (code !== 0) return { error: stderr.trim() };
  // CRDs are several megabytes, and our values do not change them.
  const documents = stdout.split(/^---$/m).filter((text) => !/^kind: CustomResourceDefinition$/m.test(text));
  return parseAllDocuments(documents.join("---\n"))
    .map((document) => document.toJS())
    .filter((manifest) => manifest?.kind);
}
