import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeploymentV1, type DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { JobV1, type JobV1Config } from "@cdktf/provider-kubernetes/lib/job-v1";
import { Testing } from "cdktf";
import { stringify } from "yaml";
import { ClusterStack } from "../constructs/cluster-stack";
import type { ContainerProps } from "../constructs/container";
import { existingNodeExporter } from "../constructs/existing-node-exporter";
import { type IngressRule, IngressRules } from "../constructs/ingress-rules";
import { objectFaults } from "../constructs/object-limits";
import { mergePlacements } from "../constructs/placement";
import { PodOwner } from "../constructs/pod-owner";
import { podTemplate } from "../constructs/pod-template";
import { stackContents } from "../constructs/stack-contents";
import { Workload } from "../constructs/workload";
import { describeWith } from "./tools";

const probe = { path: "/", port: "http", periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 3 };

/** A container that sets every property that our containers can have. */
const container: ContainerProps = {
  name: "app",
  image: "registry.example.com/app:1.0.0",
  command: ["serve"],
  args: ["--all"],
  env: {
    camelCase: "1",
    TEXT: "$(camelCase) ${x} $$",
    PASSWORD: { name: "app", key: "passWord" },
    URL: { expanded: "http://$(camelCase)" },
    CURRENCY: { configMap: { name: "app", key: "currencyCode" } },
    POD_IP: { field: "status.podIP" },
  },
  envFrom: [{ secret: "app", prefix: "APP_" }, { configMap: "app" }],
  ports: { http: 8000 },
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "1", memory: "16Mi" } },
  startup: probe,
  liveness: { tcp: "http", periodSeconds: 5 },
  readiness: probe,
  user: 1001,
  readOnlyRootFilesystem: false,
  preStopSeconds: 5,
  mounts: [{ volume: "tmp", path: "/tmp", subPath: "subPath", readOnly: false }],
};

const template = podTemplate({
  labels: { "app.kubernetes.io/partOf": "Erp" },
  furtherLabels: { "example.com/someLabel": "1" },
  annotations: { "example.com/someThing": "1" },
  serviceAccount: "app",
  priorityClass: "erp-api",
  imagePullSecrets: ["registry"],
  placement: {
    nodeSelector: { "example.com/someLabel": "a" },
    tolerations: [{ key: "someTaint", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "someLabel", operator: "In", values: ["a"] }] }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: "someLabel", operator: "Exists" }] } },
        ],
      },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "someZone", labelSelector: { matchLabels: { someLabel: "a" } }, namespaces: ["shop"] },
        ],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: {
              topologyKey: "someHost",
              labelSelector: { matchExpressions: [{ key: "someLabel", operator: "DoesNotExist" }] },
            },
          },
        ],
      },
    },
  },
  restartPolicy: "Never",
  user: 1000,
  terminationGracePeriodSeconds: 30,
  spread: true,
  initContainers: [{ ...container, name: "init", readiness: { command: ["check"] } }],
  containers: [container],
  volumes: [
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
    { name: "files", configMap: "files", items: { someKey: "a.txt" } },
    { name: "memory", emptyDir: { sizeLimit: "1Mi", medium: "Memory" } },
    { name: "vault", csi: { driver: "vault.example.com", volumeAttributes: { someAttribute: "1" } } },
    { name: "keys", secret: "keys" },
    { name: "data", claim: "data" },
  ],
});

const metadata = { name: "app", namespace: "erp", labels: { someLabel: "1" } };

const deployment: DeploymentV1Config = {
  metadata,
  waitForRollout: false,
  lifecycle: { preventDestroy: true },
  dependsOn: [],
  spec: {
    replicas: "2",
    selector: { matchLabels: { "app.kubernetes.io/partOf": "Erp" } },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "0", maxSurge: "1" } },
    template,
  },
};

const job: JobV1Config = { metadata, waitForCompletion: false, spec: { backoffLimit: 3, template } };

test("a merged placement meets the conditions of both: terms of nodes are alternatives, terms of pods are not", () => {
  const nodes = (...keys: string[]) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: keys.map((key) => ({ matchExpressions: [{ key, operator: "Exists" }] })),
      },
    },
  });
  const pods = (name: string) => ({
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: "zone", labelSelector: { matchLabels: { name } } },
      ],
    },
  });
  const own = { nodeSelector: { os: "linux" }, affinity: { ...nodes("a"), ...pods("one") } };
  const added = { nodeSelector: { os: "other", pool: "x" }, affinity: { ...nodes("b", "c"), ...pods("two") } };
  const { nodeSelector, affinity } = mergePlacements(own, added);
  expect(nodeSelector).toEqual({ os: "linux", pool: "x" });
  const { nodeSelectorTerms } = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  expect(nodeSelectorTerms?.map(({ matchExpressions }) => matchExpressions.map(({ key }) => key).join("+"))).toEqual([
    "a+b",
    "a+c",
  ]);
  const apart = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  expect(apart.map(({ labelSelector }) => labelSelector.matchLabels?.name)).toEqual(["one", "two"]);
  expect(mergePlacements(own, {})).toEqual(own);
});

describe("a resource without the provider's generated class", () => {
  test("is equal to the Deployment that the class creates", () => {
    const ours = Testing.synthScope((stack) => {
      new PodOwner<DeploymentV1Config>(stack, "App", "kubernetes_deployment_v1", deployment);
    });
    expect(ours).toBe(Testing.synthScope((stack) => new DeploymentV1(stack, "App", deployment)));
  });

  test("is equal to the Job that the class creates", () => {
    const ours = Testing.synthScope((stack) => {
      new PodOwner<JobV1Config>(stack, "App", "kubernetes_job_v1", job);
    });
    expect(ours).toBe(Testing.synthScope((stack) => new JobV1(stack, "App", job)));
  });
});

test("an environment variable of a container has its text, which Kubernetes expands: `$$` is `$`", () => {
  const { env } = template.spec.container[0] ?? {};
  // https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
  expect(env).toContainEqual({ name: "TEXT", value: "$$(camelCase) $${x} $$$$" });
});

test("an ingress rule that admits no pods has no peers, because an empty list would admit all", () => {
  const [policy] = policies([{ name: "closed", to: { namespace: "erp", labels: {} }, from: [], ports: [80] }]);
  expect(policy.spec.ingress ?? []).toEqual([]);
  expect(policy.spec.policy_types).toEqual(["Ingress"]);
});

function policies(rules: readonly IngressRule[]) {
  const text = Testing.synthScope((stack) => new IngressRules(stack, "Ingress", { rules }));
  // biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON
  return Object.values<any>(JSON.parse(text).resource.kubernetes_network_policy_v1);
}

describe("a node-exporter that already runs on the nodes", () => {
  const job = existingNodeExporter(["node_time_seconds", "node_load1"]);

  test.each([
    ["10.0.0.1:10250", "10.0.0.1:9100"],
    ["[fd00::1]:10250", "[fd00::1]:9100"],
  ])("is scraped at the address of its node's kubelet, %s, and at its own port", (kubelet, exporter) => {
    const { regex = "", replacement = "" } =
      job.relabel_configs.find((one) => one.target_label === "__address__") ?? {};
    expect(kubelet.replace(new RegExp(`^(?:${regex})$`), replacement)).toBe(exporter);
  });

  test("has the same kept metrics as an installed one", () => {
    expect(job.metric_relabel_configs).toEqual([
      { source_labels: ["__name__"], regex: "node_load1|node_time_seconds", action: "keep" },
    ]);
    expect(existingNodeExporter("all").metric_relabel_configs).toBeUndefined();
  });

  describeWith("promtool", "checked by Prometheus", (promtool) => {
    test.each([[job], [existingNodeExporter("all")]])("is a valid scrape configuration", (scrape) => {
      const directory = mkdtempSync(join(tmpdir(), "scrape-"));
      writeFileSync(join(directory, "prometheus.yml"), stringify({ scrape_configs: [scrape] }));
      const { failure } = promtool("check", "config", "--lint=all", "--lint-fatal", join(directory, "prometheus.yml"));
      rmSync(directory, { recursive: true });
      expect(failure).toBeUndefined();
    });
  });
});

/** The limits are those of Kubernetes, etcd, Helm and the operator, in bytes. */
describe("the size of an object", () => {
  const text = (bytes: number) => "x".repeat(bytes);
  /** Text that gzip makes a quarter shorter, as base64 makes bytes a third longer. */
  const noise = (bytes: number) => randomBytes((bytes * 3) / 4).toString("base64");
  const object = (changes: object) => ({
    kubernetes_config_map_v1: { map: { metadata: { name: "map", labels: {} }, ...changes } },
  });
  const release = (changes: object) => ({
    helm_release: {
      own: { name: "own", chart: "./assets/custom-resources/1", values: ['{"resources":{}}'], ...changes },
    },
  });
  const rules = (...texts: readonly string[]) => {
    const resources = texts.map((expr, index) => ({
      kind: "PrometheusRule",
      metadata: { name: `erp-${index}`, labels: {} },
      spec: { groups: [{ name: "group", rules: [{ record: "a", expr }] }] },
    }));
    return release({ values: [JSON.stringify({ resources })] });
  };
  const faults = (resource: object) => objectFaults(stackContents({ resource: { ...resource } }));

  test.each([
    ["data of 1 MiB", object({ data: { a: text(1024 * 1024) } })],
    ["data of 1 MiB for the provider, which Terraform writes longer", object({ data: { a: `$\${${text(1048574)}` } })],
    ["annotations of 256 KiB", object({ metadata: { name: "map", annotations: { a: text(262_143) } } })],
    ["a label of 63 characters", object({ metadata: { name: "map", labels: { a: text(63) } } })],
    ["a release with a name of 53 characters", release({ name: text(53) })],
    ["rules of almost 512 KiB", rules(text(523_000))],
    ["a release of 4 MB that gzip makes much smaller", rules(...Array.from({ length: 4 }, () => text(500_000)))],
    ["a release of 300 kB of noise", rules(...Array.from({ length: 3 }, () => noise(100_000)))],
  ])("may be %s", (_, resource) => {
    expect(faults(resource)).toEqual([]);
  });

  test.each([
    ["data of at most 1,048,576 bytes", object({ data: { a: text(1024 * 1023), b: "ä".repeat(513) } })],
    [
      "annotations of at most 262,144 bytes",
      object({ metadata: { name: "map", annotations: { ab: text(131_070), cd: text(131_071) } } }),
    ],
    [
      "annotations of at most 262,144 bytes",
      release({ chart: "grafana", values: [JSON.stringify({ ingress: { annotations: { a: text(262_144) } } })] }),
    ],
    ["label values of at most 63 characters", object({ spec: { template: { labels: { a: text(64) } } } })],
    ["a DNS subdomain name", object({ metadata: { name: "Map" } })],
    ["a name of at most 53 characters", release({ name: text(54) })],
    ["rules of at most 524,288 bytes", rules(text(525_000))],
    ["rules of at most 524,288 bytes", rules(noise(1_200_000))],
    ["a Secret of Helm of at most 1,048,576 bytes", rules(...Array.from({ length: 6 }, () => noise(100_000)))],
    [
      "a Secret of Helm of at most 1,048,576 bytes",
      release({ chart: "loki", values: [JSON.stringify(noise(1_100_000))] }),
    ],
  ])("must not exceed %s", (rule, resource) => {
    const [fault, ...others] = faults(resource);
    expect(others).toEqual([]);
    expect(fault?.rule).toContain(rule);
  });
});

test("a stack reports the faults of its objects, of sizes as well as of ports", () => {
  const backend = { type: "local", arguments: { path: "scratch.tfstate" } };
  const stack = new ClusterStack(Testing.app(), "scratch", { context: "scratch", backend });
  const app = {
    name: "x".repeat(64),
    namespace: "erp",
    partOf: "erp",
    priorityClass: "erp-api",
    update: "rolling",
    user: 1000,
    volumes: [],
  } as const;
  new Workload(stack, "App", {
    ...app,
    terminationGracePeriodSeconds: 30,
    container: {
      ...container,
      mounts: [],
      startup: undefined,
      readiness: undefined,
      liveness: { ...probe, port: "web" },
    },
  });
  const rules = new Set(stack.faults().map(({ rule }) => rule));
  expect([...rules].sort()).toEqual([
    "must have label values of at most 63 characters: letters, digits, `-`, `_` and `.`",
    "must name a port of the container",
  ]);
});
