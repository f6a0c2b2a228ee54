import type { Resource } from "../read-stack";
import type { RenderedDocument } from "./document";

/** The manifest of a Kubernetes resource. Arguments that only Terraform uses are printed above it. */
export function manifest({ type, arguments: given }: Pick<Resource, "type" | "arguments">): RenderedDocument {
  const kind = pascalCase(type.replace(/^kubernetes_|_v\d$/g, ""));
  const { data_wo: writeOnly, ...written } = given;
  const writtenFields = Object.entries(written).filter(([key]) => !terraformOnly.test(key));
  return {
    about: Object.fromEntries(Object.entries(written).filter(([key]) => terraformOnly.test(key))),
    content: {
      apiVersion: apiVersion(kind),
      kind,
      ...(kubernetes(Object.fromEntries(writtenFields)) as object),
      ...(writeOnly !== undefined && { stringData: writeOnly }),
    },
  };
}

const terraformOnly = /^(wait_\w+|lifecycle|timeouts|depends_on|data_wo_revision)$/;

function apiVersion(kind: string): string {
  const found = Object.entries(kinds).find(([, known]) => known.includes(kind));
  if (!found)
    throw new Error(
      `commands/rendering/manifest.ts does not list the kind ${kind}: add it to \`kinds\` with its API version`,
    );
  return found[0];
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  v1: ["ConfigMap", "Namespace", "PersistentVolumeClaim", "ResourceQuota", "Secret", "Service", "ServiceAccount"],
  "apps/v1": ["Deployment", "DaemonSet", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "scheduling.k8s.io/v1": ["PriorityClass"],
};

/** An HCL block with Kubernetes' names: camelCase, plural lists, and numbers as numbers. Empty values are omitted. */
function kubernetes(block: unknown): unknown {
  if (Array.isArray(block)) return block.map(kubernetes);
  if (block === null || typeof block !== "object") return block;
  return Object.fromEntries(
    Object.entries(block)
      .filter(([key, value]) => !(Array.isArray(value) && value.length === 0) && !(freeKeys.has(key) && isEmpty(value)))
      .map(([key, value]) => field(key, value)),
  );
}

function field(key: string, value: unknown): [string, unknown] {
  if (isFreeMap(key, value)) return [camelCase(key), value];
  if (Array.isArray(value) && typeof value[0] === "object") {
    if (singleBlocks.has(key)) return [camelCase(key), kubernetes(value[0])];
    const list = lists[key];
    if (list === undefined)
      throw new Error(
        `commands/rendering/manifest.ts does not list the block ${key}: add it to \`lists\` with its name in Kubernetes`,
      );
    return [list, kubernetes(value)];
  }
  if (numbers.has(key) && /^\d+$/.test(String(value))) return [camelCase(key), Number(value)];
  return [camelCase(key), kubernetes(value)];
}

/** Whether a block is a map with free keys. A selector without `match_labels` or `match_expressions` is one. */
function isFreeMap(key: string, value: unknown): boolean {
  return freeKeys.has(key) || (key === "selector" && !/"match_(labels|expressions)"/.test(JSON.stringify(value)));
}

const freeKeys = new Set(
  "labels annotations match_labels node_selector data binary_data string_data requests limits hard volume_attributes".split(
    " ",
  ),
);

/** Lists of blocks by their singular name in HCL. */
const lists: Readonly<Record<string, string>> = {
  container: "containers",
  egress: "egress",
  env: "env",
  env_from: "envFrom",
  from: "from",
  image_pull_secrets: "imagePullSecrets",
  ingress: "ingress",
  items: "items",
  init_container: "initContainers",
  match_expression: "matchExpressions",
  match_expressions: "matchExpressions",
  metric: "metrics",
  node_selector_term: "nodeSelectorTerms",
  path: "paths",
  port: "ports",
  ports: "ports",
  preferred_during_scheduling_ignored_during_execution: "preferredDuringSchedulingIgnoredDuringExecution",
  required_during_scheduling_ignored_during_execution: "requiredDuringSchedulingIgnoredDuringExecution",
  rule: "rules",
  tls: "tls",
  to: "to",
  toleration: "tolerations",
  topology_spread_constraint: "topologySpreadConstraints",
  volume: "volumes",
  volume_claim_template: "volumeClaimTemplates",
  volume_mount: "volumeMounts",
};

/** Single blocks that cdktf writes as a list. */
const singleBlocks = new Set(["label_selector", "pre_stop", "post_start", "tcp_socket"]);

/** Fields that are text in the provider and numbers in Kubernetes. */
const numbers = new Set(
  "fs_group max_surge max_unavailable min_available number port replicas run_as_group run_as_user target_port toleration_seconds".split(
    " ",
  ),
);

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function camelCase(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function pascalCase(key: string): string {
  return camelCase(`_${key}`);
}
