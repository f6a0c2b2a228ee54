import type { Fault } from "../../faults";
import { monitorLabels } from "../../settings/addresses";
import type { Release } from "./chart-releases";
import { isNever, livenessAnswers } from "./liveness-answers";
import type { Manifest, Rule } from "./manifests";
import { securityBreaches } from "./pod-security";
import { type Container, containers, type Pods, pods } from "./pods";
import { unreadyNodes } from "./unready-nodes";

/** Faults in the manifests of a release, for the Pod Security level of its namespace. */
export function manifestFaults(release: Release, manifests: readonly Manifest[], levels: Levels): readonly Fault[] {
  return manifests.flatMap((manifest) => {
    const place = `release ${release.name} of ${release.environment}: ${manifest.kind} ${manifest.metadata.name}`;
    const level = levels[manifest.metadata.namespace ?? release.namespace];
    const breaches = [
      ...pods(manifest).flatMap((made) => podFaults(made, level)),
      ...placementBreaches(manifest),
      ...reachBreaches(manifest),
      ...monitor(manifest),
    ];
    return breaches.map((breach) => ({ place, ...breach }));
  });
}

/** Pod Security level by namespace. */
export type Levels = Readonly<Record<string, string>>;

type Breach = Omit<Fault, "place">;

function podFaults(made: Pods, level: string | undefined): readonly Breach[] {
  const security = level === "restricted" ? securityBreaches(made) : [];
  return [
    ...security.map((rule) => ({ rule, remedy: "set it in the release's values: the namespace is `restricted`" })),
    ...(made.spec.priorityClassName ? [] : [withoutPriority]),
    ...containers(made.spec).flatMap(containerFaults),
    ...containers(made.spec).flatMap(livenessFaults),
  ];
}

const withoutPriority = {
  rule: "must have a PriorityClass: without one, its pods are evicted before those of the ERP",
  remedy: "set `priorityClassName` of this part in the release's values",
};

/** A container that a fault of another server restarts is missing during the fault, and in back-off after it. */
function livenessFaults({ name, livenessProbe }: Container): readonly Breach[] {
  if (livenessProbe === undefined || isNever(livenessProbe)) return [];
  const path = livenessProbe.httpGet?.path ?? "no path";
  const answer = livenessAnswers[`${name} ${path}`];
  if (answer === "itself") return [];
  const asked = answer ?? "a server that is not known";
  return [
    {
      value: path,
      rule: `container ${name} must have a liveness probe that asks no other server, not ${asked}`,
      remedy:
        "set another probe in the release's values; list a path that asks only its program in liveness-answers.ts",
    },
  ];
}

function containerFaults({ name, image = "", args = [], resources }: Container): readonly Breach[] {
  const missing = ["cpu", "memory"].filter((kind) => !resources?.requests?.[kind]);
  const unset = args.filter((arg) => /^--config-reloader-(cpu|memory)-request=0?$/.test(arg));
  return [
    ...missing.map((kind) => ({
      rule: `container ${name} must request ${kind}`,
      remedy: "set `resources` of this part in the release's values",
    })),
    ...unset.map((value) => ({
      value,
      rule: "containers that the operator adds must request CPU and memory",
      remedy: "set prometheusOperator.prometheusConfigReloader.resources",
    })),
    ...(/:[^/]+$|@sha256:/.test(image) && !image.endsWith(":latest")
      ? []
      : [
          {
            value: image,
            rule: `container ${name} must have an image of one version`,
            remedy: "set its tag in the release's values",
          },
        ]),
  ];
}

/** A DaemonSet creates a pod on every node that it admits, and Helm waits until all of them are ready. */
function placementBreaches(manifest: Manifest): readonly Breach[] {
  if (manifest.kind !== "DaemonSet") return [];
  const nodes = pods(manifest).flatMap(({ spec }) => unreadyNodes(spec));
  return nodes.map((node) => ({
    rule: `must not run on ${node}, where its pod never becomes ready`,
    remedy: "add `linuxNodes` of constructs/node-placement.ts to its values",
  }));
}

function reachBreaches({ kind, metadata, rules = [] }: Manifest): readonly Breach[] {
  if (kind === "NetworkPolicy") {
    return [{ rule: "must not exist", remedy: "switch off the chart's own policy: ours define every connection" }];
  }
  if (kind !== "ClusterRole") return [];
  const operator = metadata.name === "kube-prometheus-stack-operator";
  const breaches: (Breach | false)[] = [
    !operator &&
      rules.some(readsSecrets) && {
        rule: "must not read the Secrets of the whole cluster",
        remedy: "configure the chart to create a Role instead",
      },
    rules.some(entersContainers) && {
      rule: "must not run commands in the containers of the whole cluster",
      remedy:
        "remove `nodes/proxy`, `pods/exec` and `pods/attach` from its rules, or give the account a ClusterRole of ours",
    },
  ];
  return breaches.filter((breach) => breach !== false);
}

function monitor({ kind, metadata }: Manifest): readonly Breach[] {
  if (!/^(ServiceMonitor|PodMonitor|Probe|PrometheusRule)$/.test(kind)) return [];
  return Object.entries(monitorLabels)
    .filter(([name, value]) => metadata.labels?.[name] !== value)
    .map(([name, value]) => ({
      value: metadata.labels?.[name],
      rule: `must have the label ${name}: ${value}`,
      remedy: "set the chart's labels for monitors: without this label, our Prometheus ignores the object",
    }));
}

function readsSecrets(rule: Rule): boolean {
  return permits(rule, "secrets", ["get", "list", "watch"]);
}

/** A WebSocket to a kubelet begins with GET, also if it runs a command. https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes */
function entersContainers(rule: Rule): boolean {
  return ["nodes/proxy", "pods/exec", "pods/attach"].some((resource) => permits(rule, resource, ["get", "create"]));
}

function permits(
  { apiGroups = [], resources = [], verbs }: Rule,
  resource: string,
  wanted: readonly string[],
): boolean {
  const names = (list: readonly string[], ...any: readonly string[]) => ["*", ...any].some((one) => list.includes(one));
  return (
    names(apiGroups, "") &&
    names(resources, resource, resource.replace(/^\w+(?=\/)/, "*")) &&
    wanted.some((verb) => names(verbs, verb))
  );
}
