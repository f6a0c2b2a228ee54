import { synthesizedStacks } from "../../commands/synthesized-stacks";
import { addresses, namespaces, pods } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { signals } from "../../signals";

type Labels = Readonly<Record<string, string>>;

/** Objects and pod labels in the namespaces of some environments. */
export interface KnownObjects {
  /** `erp deployment/erp-api` */
  readonly names: ReadonlySet<string>;
  /** `erp app.kubernetes.io/name=erp-api`, for each label of a pod. */
  readonly podLabels: ReadonlySet<string>;
}

/** Objects that the charts and the operator create. The cluster story `runbooks` checks that they exist. */
const chartObjects = [
  "monitoring pod/prometheus-kube-prometheus-stack-prometheus-0",
  "monitoring pod/prometheus-kube-prometheus-stack-prometheus-1",
  "monitoring pod/alertmanager-kube-prometheus-stack-alertmanager-0",
  "monitoring deployment/kube-prometheus-stack-operator",
  "monitoring deployment/blackbox-exporter",
  "logging statefulset/loki",
  "logging pod/loki-0",
  "node-agents daemonset/promtail",
  "node-agents daemonset/alloy",
  "crd/prometheuses.monitoring.coreos.com",
];

/** The programs in the image of a workload. Images that are not listed contain no shell and no `df`. */
export const programs: Readonly<Record<string, readonly string[]>> = {
  "deployment/erp-api": ["celery", "python"],
  "deployment/erp-worker": ["celery", "python"],
  "deployment/postgresql": ["psql", "du"],
};

export function knownObjects(environments: readonly Environment[]): KnownObjects {
  const resources = synthesizedStacks(environments)
    .flatMap((stack) => stack.resources)
    .filter(({ type }) => type.startsWith("kubernetes_"))
    .map(({ type, arguments: given }) => ({ kind: kindOf(type), ...(given as unknown as Manifest) }));
  const typed = resources.map(({ kind, metadata }) => `${metadata.namespace} ${kind}/${metadata.name}`);
  const services = Object.values(addresses).map(({ namespace, service }) => `${namespace} service/${service}`);
  const secrets = environments.flatMap((environment) =>
    signals(environment).secrets.map(({ namespace, name }) => `${namespace} secret/${name}`),
  );
  const templates = resources.flatMap(({ metadata: { namespace }, spec }) => {
    const labels = spec?.template?.metadata.labels;
    return labels ? [{ namespace, labels }] : [];
  });
  return {
    names: new Set([
      ...typed,
      ...services,
      ...secrets,
      ...chartObjects,
      ...Object.values(namespaces).map((name) => `namespace/${name}`),
    ]),
    podLabels: new Set(
      [...templates, ...Object.values(pods)].flatMap(({ namespace, labels }) =>
        Object.entries(labels).map(([name, value]) => `${namespace} ${name}=${value}`),
      ),
    ),
  };
}

/** Arguments of a Terraform resource. Only the fields that we read are listed. */
interface Manifest {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly spec?: { readonly template?: { readonly metadata: { readonly labels: Labels } } };
}

/** `kubernetes_network_policy_v1` is a `networkpolicy`. */
function kindOf(type: string): string {
  return type.replaceAll(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "");
}
