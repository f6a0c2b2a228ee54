import { stringify } from "yaml";
import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { ownNamespaces } from "../../settings/own-namespaces";
import type { Signals } from "../../signals";
import type { CheckGroup } from "./check";
import { ourNamespaces } from "./deployment";
import type { Permission } from "./permissions";
import { type Choice, reasonToSkip } from "./run-checks";

/** The account that the Roles are bound to. */
const account = { kind: "ServiceAccount", name: "verify", namespace: namespaces.monitoring };

const rbac = "rbac.authorization.k8s.io";

/** The account, the Roles and the bindings that the chosen checks need, as YAML for `kubectl apply`. */
export function rolesText(
  groups: readonly CheckGroup[],
  environment: Environment,
  signals: Signals,
  choice: Choice,
): string {
  const needed = groups
    .flatMap(({ checks }) => checks)
    .filter((check) => reasonToSkip(check, { environment, signals }, choice) === undefined)
    .flatMap(({ permissions }) =>
      typeof permissions === "function" ? permissions(signals, environment) : permissions,
    );
  const ours = ownNamespaces(environment);
  // What the command itself does before the checks.
  const always: Permission = { resources: ["namespaces"], names: ours, verbs: ["get"] };
  const wanted = new Set(needed.flatMap((permission) => permission.namespaces ?? []));
  const existing = [...wanted].filter((one) => !ourNamespaces.includes(one) || ours.some((own) => own === one));
  const documents = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: account.name, namespace: account.namespace } },
    ...role([always, ...needed.filter((permission) => permission.namespaces === undefined)]),
    ...existing.sort().flatMap((namespace) =>
      role(
        needed.filter((permission) => permission.namespaces?.includes(namespace)),
        namespace,
      ),
    ),
  ];
  return documents.map((document) => stringify(document, { lineWidth: 0 })).join("---\n");
}

/** A Role with its binding, or a ClusterRole with its binding if no namespace is given. */
function role(permissions: readonly Permission[], namespace?: string): object[] {
  const kind = namespace === undefined ? "ClusterRole" : "Role";
  const metadata = { name: account.name, ...(namespace !== undefined && { namespace }) };
  return [
    { apiVersion: `${rbac}/v1`, kind, metadata, rules: rules(permissions) },
    {
      apiVersion: `${rbac}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: rbac, kind, name: account.name },
      subjects: [account],
    },
  ];
}

/** One rule for each API group and list of verbs. Rules with names of objects stay apart. */
export function rules(permissions: readonly Permission[]): readonly object[] {
  const merged = new Map<
    string,
    { group: string; names: readonly string[] | undefined; verbs: readonly string[]; resources: Set<string> }
  >();
  for (const { group = "", resources, names, verbs } of permissions) {
    const key = JSON.stringify([group, names ?? null, [...verbs].sort()]);
    const known = merged.get(key) ?? { group, names, verbs, resources: new Set<string>() };
    for (const resource of resources) known.resources.add(resource);
    merged.set(key, known);
  }
  return [...merged.values()].map(({ group, names, verbs, resources }) => ({
    apiGroups: [group],
    resources: [...resources].sort(),
    ...(names && { resourceNames: [...names].sort() }),
    verbs: [...verbs].sort(),
  }));
}
