import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import type { Manifest } from "../../commands/rendering/helm-release";
import { kubectl } from "./kubernetes";

/** Objects of a cluster without what differs between two equal deployments, by kind, namespace and name. */
export type ComparedObjects = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

/** A Kubernetes object, as `kubectl get --output=json` prints it. Only the fields that we read are listed. */
export interface ClusterObject extends Manifest {
  readonly type?: string;
}

/** Kinds whose objects come and go with pods, or are records of events. */
const passing =
  /^(pods|replicasets|controllerrevisions|events|endpoints|endpointslices|leases|persistentvolumes|certificatesigningrequests|componentstatuses|ipaddresses)\b|\.metrics\.k8s\.io$/;

/** All objects of the namespaces, and all objects without a namespace. */
export function clusterObjects(namespaces: readonly string[]): ComparedObjects {
  const kinds = (scope: string) =>
    kubectl("api-resources", "--verbs=list", `--namespaced=${scope}`, "--output=name")
      .split("\n")
      .filter((kind) => kind !== "" && !passing.test(kind))
      .join();
  const list = (...args: string[]): ClusterObject[] => JSON.parse(kubectl("get", ...args, "--output=json")).items;
  const ofCluster = list(kinds("false")).filter(
    ({ kind, metadata }) => kind !== "Node" && (kind !== "Namespace" || namespaces.includes(metadata.name)),
  );
  return comparedObjects([
    ...ofCluster,
    ...namespaces.flatMap((namespace) => list("--namespace", namespace, kinds("true"))),
  ]);
}

/** The objects without what differs between two equal deployments. Of several revisions of a release, the last one stays. */
export function comparedObjects(objects: readonly ClusterObject[]): ComparedObjects {
  return Object.fromEntries(
    objects
      .map((object) => (object.type === "helm.sh/release.v1" ? release(object) : compared(object)))
      .sort(([one, , revision = 0], [other, , later = 0]) => one.localeCompare(other) || revision - later)
      .map(([name, content]) => [name, content]),
  );
}

/** One line for each difference, without values of Secrets. */
export function differences(before: ComparedObjects, after: ComparedObjects): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    if (!(name in after)) return [`${name} is missing`];
    if (!(name in before)) return [`${name} is new`];
    return fieldDifferences(name, before[name], after[name]);
  });
}

function fieldDifferences(path: string, before: unknown, after: unknown): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => fieldDifferences(`${path}.${key}`, before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => fieldDifferences(`${path}[${index}]`, item, after[index]));
  }
  return [`${path}: ${JSON.stringify(before)} and ${JSON.stringify(after)}`];
}

function compared(object: ClusterObject): readonly [name: string, content: unknown, revision?: number] {
  const { kind, metadata } = object;
  const name = `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
  const content = kind === "Secret" ? { ...object, data: Object.keys(object.data ?? {}).sort() } : object;
  return [name, withoutVariation(content)];
}

/** A release by its chart, version, status and values. Helm stores it compressed, in base64 twice. */
function release({ metadata, data }: ClusterObject): readonly [name: string, content: unknown, revision: number] {
  const stored = Buffer.from(Buffer.from(data?.release ?? "", "base64").toString(), "base64");
  const { info, chart, config, version } = JSON.parse(gunzipSync(stored).toString());
  const { name, version: chartVersion } = chart.metadata;
  const content = { chart: name, version: chartVersion, status: info.status, values: config };
  return [`release ${metadata.namespace}/${metadata.labels?.name}`, content, version];
}

/** Fields of metadata and of specifications that the cluster sets, and that differ in each deployment. */
const varying = new Set(
  "status uid resourceVersion creationTimestamp generation managedFields clusterIP clusterIPs volumeName caBundle".split(
    " ",
  ),
);

/** Labels and annotations that differ in each deployment. */
const varyingKeys =
  /^(deployment\.kubernetes\.io\/revision|prometheus-operator-input-hash|kubectl\.kubernetes\.io\/(last-applied-configuration|restartedAt)|(batch\.kubernetes\.io\/)?controller-uid|pv\.kubernetes\.io\/.*|volume\.(beta\.)?kubernetes\.io\/.*)$/;

/**
 * Fields that are false if nobody sets them. Terraform writes them. `automountServiceAccountToken` and `enableServiceLinks`
 * are true by default, so that they are not in this list.
 */
const falseByDefault = new Set(
  "hostIPC hostNetwork hostPID immutable optional privileged publishNotReadyAddresses readOnly shareProcessNamespace stdin stdinOnce suspend tty".split(
    " ",
  ),
);

const uid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

function isDefault(key: string, value: unknown): boolean {
  return (falseByDefault.has(key) && value === false) || (key === "mountPropagation" && value === "None");
}

function withoutVariation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVariation);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(varying.has(key) || varyingKeys.test(key) || isDefault(key, inner)))
      // The operator names the files of rules after the uids of their objects.
      .map(([key, inner]) => [key.replace(uid, "<uid>"), withoutVariation(inner)] as const)
      .filter(([, inner]) => !isEmpty(inner)),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value as object).length === 0);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
