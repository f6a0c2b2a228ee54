import type { DeployedObject, Fields } from "./deployed-objects";
import { ingressPaths, policyPaths } from "./network-paths";
import { type Container, containersOf, type PodSpec, podSpec } from "./pod-spec";
import { rolePermissions } from "./role-rules";

/** The parts of an object that are compared separately, because different reviewers look for them. */
export interface Facets {
  readonly versions: Fields;
  readonly permissions: Fields;
  readonly network: Fields;
  /** Requests of CPU and memory. */
  readonly requests: Fields;
  readonly resources: Fields;
}

const none: Facets = { versions: {}, permissions: {}, network: {}, requests: {}, resources: {} };

export function facets({ kind, content }: DeployedObject): Facets {
  if (roleKinds.has(kind)) return { ...none, permissions: rolePermissions(content) };
  if (permissionKinds.has(kind)) return { ...none, permissions: content };
  if (kind === "NetworkPolicy") return { ...none, network: policyPaths(content) };
  if (kind === "Ingress") return { ...none, network: ingressPaths(content) };
  if (networkKinds.has(kind)) return { ...none, network: content };
  if (kind === "Helm release") return releaseFacets(content);
  if (kind === "Namespace") return namespaceFacets(content);
  const spec = podSpec(content);
  return spec ? workloadFacets(content, spec) : { ...none, resources: content };
}

/** The area in which an added or removed object is listed. */
export function areaOf({ kind }: DeployedObject): keyof Facets {
  if (permissionKinds.has(kind)) return "permissions";
  return networkKinds.has(kind) ? "network" : "resources";
}

const roleKinds = new Set(["Role", "ClusterRole"]);
const permissionKinds = new Set([...roleKinds, "ServiceAccount", "RoleBinding", "ClusterRoleBinding"]);
const networkKinds = new Set(["NetworkPolicy", "Ingress", "Service"]);

/** Facets of a release. Its values are divided by their keys, which are the same in all charts. */
function releaseFacets({ chart, version, repository, values, ...resources }: Fields): Facets {
  return {
    ...none,
    versions: { chart, version, repository },
    permissions: { values: pick(values, isPermission) },
    requests: { values: pick(values, isRequest) },
    resources: { ...resources, values: omit(values, (key, item) => isPermission(key) || isRequest(key, item)) },
  };
}

function isPermission(key: string): boolean {
  return permissionKeys.has(key);
}

/** Whether a value contains requests of CPU and memory. A volume has requests too, of storage. */
function isRequest(key: string, item: unknown): boolean {
  return key === "requests" && isFields(item) && !("storage" in item);
}

const permissionKeys = new Set([
  "containerSecurityContext",
  // The ClusterRole that replaces a chart's own one.
  "extraObjects",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "podSecurityContext",
  "rbac",
  "securityContext",
  "serviceAccount",
]);

type IsMeant = (key: string, item: unknown) => boolean;

/** The fields that are meant, at their places; undefined if there are none. Items of lists are not searched. */
function pick(value: unknown, isMeant: IsMeant): unknown {
  if (!isFields(value)) return undefined;
  const found = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const part = isMeant(key, item) ? item : pick(item, isMeant);
    return part === undefined ? [] : [[key, part]];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function omit(value: unknown, isMeant: IsMeant): unknown {
  if (!isFields(value)) return value;
  const rest = Object.entries(value).filter(([key, item]) => !isMeant(key, item));
  return Object.fromEntries(rest.map(([key, item]) => [key, omit(item, isMeant)]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Facets of a namespace. Its Pod Security labels are permissions, because they limit its pods. */
function namespaceFacets(content: Fields): Facets {
  const { labels, ...metadata } = (content.metadata ?? {}) as Fields;
  const entries = Object.entries((labels ?? {}) as Fields);
  const isPodSecurity = ([label]: [string, unknown]) => label.startsWith("pod-security.kubernetes.io/");
  return {
    ...none,
    permissions: Object.fromEntries(entries.filter(isPodSecurity)),
    resources: {
      ...content,
      metadata: { ...metadata, labels: Object.fromEntries(entries.filter((one) => !isPodSecurity(one))) },
    },
  };
}

/** Fields of a pod's spec that give it access to the node or to the API server. */
const podPermissions = [
  "security_context",
  "service_account_name",
  "automount_service_account_token",
  "host_network",
  "host_pid",
  "host_ipc",
];

function workloadFacets(content: Fields, spec: PodSpec): Facets {
  const containers = containersOf(spec);
  const byContainer = (key: "image" | "security_context") =>
    Object.fromEntries(containers.map((container) => [`${key} of ${container.name}`, container[key]]));
  const hostPaths = (spec.volume ?? []).filter(({ host_path }) => host_path !== undefined);
  const comparedElsewhere = new Set([...podPermissions, "image", "requests"]);
  return {
    ...none,
    versions: byContainer("image"),
    permissions: {
      ...Object.fromEntries(podPermissions.map((key) => [key, spec[key]])),
      ...byContainer("security_context"),
      host_paths: hostPaths,
    },
    requests: Object.assign({}, ...containers.map(requestsOf)),
    resources: JSON.parse(JSON.stringify(content, (key, value) => (comparedElsewhere.has(key) ? undefined : value))),
  };
}

function requestsOf({ name, resources }: Container): Fields {
  return Object.fromEntries(
    Object.entries(resources?.requests ?? {}).map(([resource, amount]) => [`${resource} request of ${name}`, amount]),
  );
}
