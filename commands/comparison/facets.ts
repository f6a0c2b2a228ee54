import type { DeployedObject, Fields } from "./deployed-objects";
import { containersOf, type PodSpec, podSpec } from "./pod-spec";

/** The parts of an object that are compared separately, because different reviewers look for them. */
export interface Facets {
  readonly versions: Fields;
  readonly permissions: Fields;
  readonly network: Fields;
  readonly resources: Fields;
}

const none: Facets = { versions: {}, permissions: {}, network: {}, resources: {} };

export function facets({ kind, content }: DeployedObject): Facets {
  if (permissionKinds.has(kind)) return { ...none, permissions: content };
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

const permissionKinds = new Set(["ServiceAccount", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]);
const networkKinds = new Set(["NetworkPolicy", "Ingress", "Service"]);

function releaseFacets({ chart, version, repository, ...resources }: Fields): Facets {
  return { ...none, versions: { chart, version, repository }, resources };
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
  const comparedElsewhere = new Set([...podPermissions, "image"]);
  return {
    ...none,
    versions: byContainer("image"),
    permissions: {
      ...Object.fromEntries(podPermissions.map((key) => [key, spec[key]])),
      ...byContainer("security_context"),
      host_paths: hostPaths,
    },
    resources: JSON.parse(JSON.stringify(content, (key, value) => (comparedElsewhere.has(key) ? undefined : value))),
  };
}
