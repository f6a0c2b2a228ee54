import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ChartPackage, chartPackage } from "../commands/charts/chart-package";
import { type Release, releases } from "../commands/charts/chart-releases";
import { grafanaFaults } from "../commands/charts/grafana-faults";
import type { Helm } from "../commands/charts/helm";
import { keyFaults } from "../commands/charts/key-faults";
import { lokiFaults } from "../commands/charts/loki-faults";
import { manifestFaults } from "../commands/charts/manifest-faults";
import { manifestFiles } from "../commands/charts/manifest-files";
import { type Manifest, manifests } from "../commands/charts/manifests";
import { placementFaults } from "../commands/charts/placement-faults";
import { imagesOf } from "../commands/charts/pods";
import { versionFaults } from "../commands/charts/version-faults";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { linuxNodes } from "../constructs/node-placement";
import { charts } from "../settings/versions";
import { everyChoice } from "./fixtures/choices";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

const chartFiles = {
  "Chart.yaml":
    "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: v4.5.6\ndependencies: [{ name: cache, alias: store }]\n",
  "values.yaml": `
replicas: 1
# -- Where it listens.
# nodePort: 30000
service: { type: ClusterIP, annotations: {} }
resources: {}
`,
  "values.schema.json": JSON.stringify({
    properties: { service: { $ref: "#/$defs/service" } },
    $defs: { service: { properties: { type: {}, targetPort: {} } } },
  }),
  "templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
spec: { replicas: {{ .Values.replicas }}, template: {{ required "a template" .Values.extra.template | toJson }} }
`,
  "charts/cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 1.0.0\n",
  "charts/cache/values.yaml": "size: 1Gi\n",
};

let folder: string;
let packed: string;
let shop: ChartPackage;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "charts-"));
  for (const [path, text] of Object.entries(chartFiles)) {
    mkdirSync(dirname(join(folder, "shop", path)), { recursive: true });
    writeFileSync(join(folder, "shop", path), text);
  }
  packed = join(folder, "shop-1.2.3.tgz");
  execFileSync("tar", ["-czf", packed, "-C", folder, "shop"]);
  shop = chartPackage(packed, "shop", join(folder, "unpacked"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function release(values: Release["values"], name = "shop"): Release {
  return { environment: "production", name, namespace: "erp", chart: { name, version: "1.2.3" }, values };
}

describe("a value's key", () => {
  const faults = (values: Release["values"]) =>
    keyFaults(release(values), shop).map(({ place }) => place.split(": ")[1]);

  test.each([
    ["has a default", { replicas: 2 }],
    ["is below an empty default", { service: { annotations: { anything: "1" } } }],
    ["is in the schema", { service: { targetPort: 80 } }],
    ["is read by a template", { extra: { template: { anything: 1 } } }],
    ["is mentioned in a comment", { service: { nodePort: 30000 } }],
    ["is a value of a chart that it depends on", { store: { size: "2Gi" } }],
  ])("is accepted when it %s", (_, values) => expect(faults(values)).toEqual([]));

  test.each([
    ["replica", { replica: 2 }],
    ["service.typ", { service: { typ: "NodePort" } }],
    ["extra.templates", { extra: { templates: {} } }],
    ["store.sise", { store: { sise: "2Gi" } }],
    ["cache", { cache: { size: "2Gi" } }],
  ])("is a fault if written as %s", (path, values) => expect(faults(values)).toEqual([path]));

  test("is reported with the nearest key of the chart", () => {
    expect(keyFaults(release({ replica: 2 }), shop)).toEqual([
      {
        place: "release shop of production: replica",
        rule: "must be a key of the chart shop 1.2.3",
        remedy: "use the nearest key there, `replicas`",
      },
    ]);
  });
});

/** A pod that the level `restricted` allows: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const securityContext = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const container = {
  name: "app",
  image: "registry.example.com/app:1.0.0",
  resources: { requests: { cpu: "10m", memory: "16Mi" } },
  securityContext,
};

function deployment(spec: object): Manifest {
  const pod = { priorityClassName: "erp-api", ...spec };
  return { kind: "Deployment", metadata: { name: "app" }, spec: { template: { spec: pod } } };
}

function rules(manifest: Manifest, level = "restricted"): string[] {
  return manifestFaults(release({}), [manifest], { erp: level }).map(({ rule }) => rule);
}

describe("a pod of a release", () => {
  test("passes if it meets the level of its namespace", () => {
    expect(rules(deployment({ containers: [container] }))).toEqual([]);
    const { runAsNonRoot, seccompProfile, ...own } = securityContext;
    const pod = {
      securityContext: { runAsNonRoot, seccompProfile },
      containers: [{ ...container, securityContext: own }],
    };
    expect(rules(deployment(pod))).toEqual([]);
  });

  test.each([
    ["must set runAsNonRoot", { runAsNonRoot: false }],
    ["must not run as user 0", { runAsUser: 0 }],
    ["must have the seccomp profile RuntimeDefault", { seccompProfile: { type: "Unconfined" } }],
    ["must drop ALL capabilities", { capabilities: { drop: ["NET_RAW"] } }],
    ["must drop ALL capabilities", { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }],
    ["must set allowPrivilegeEscalation to false", { allowPrivilegeEscalation: undefined }],
    ["must set allowPrivilegeEscalation to false", { privileged: true }],
  ])("%s in a restricted namespace", (rule, wrong) => {
    const manifest = deployment({
      initContainers: [{ ...container, securityContext: { ...securityContext, ...wrong } }],
    });
    expect(rules(manifest)).toEqual([`container app ${rule}`]);
    expect(rules(manifest, "privileged")).toEqual([]);
  });

  test("must use nothing of its host in a restricted namespace", () => {
    const rule = "must not use the host's network, processes or files";
    expect(rules(deployment({ hostNetwork: true, containers: [container] }))).toEqual([rule]);
    expect(rules(deployment({ volumes: [{ name: "logs", hostPath: {} }], containers: [container] }))).toEqual([rule]);
  });

  test.each(["app", "app:latest", "registry:5000/app"])("must have an image with a fixed version, not %s", (image) => {
    expect(rules(deployment({ containers: [{ ...container, image }] }))).toEqual([
      "container app must have an image of one version",
    ]);
  });

  test("must request CPU and memory, also if an operator creates it", () => {
    const resources = { requests: { cpu: "1" } };
    expect(rules(deployment({ containers: [{ ...container, resources }] }))).toEqual([
      "container app must request memory",
    ]);
    const spec = { image: "prometheus:v3.0.0", resources, securityContext, priorityClassName: "erp-monitoring" };
    const prometheus = { kind: "Prometheus", metadata: { name: "one" }, spec };
    expect(rules(prometheus)).toEqual(["container prometheus must request memory"]);
  });

  test("must have a PriorityClass, also if an operator creates it", () => {
    const rule = "must have a PriorityClass: without one, its pods are evicted before those of the ERP";
    expect(rules(deployment({ containers: [container], priorityClassName: undefined }))).toEqual([rule]);
    const { image, resources } = container;
    const spec = { image, resources, securityContext };
    expect(rules({ kind: "Alertmanager", metadata: { name: "one" }, spec })).toEqual([rule]);
  });

  test("must not be restarted because another server fails", () => {
    const probed = (name: string, path: string, more: object = {}) =>
      rules(deployment({ containers: [{ ...container, name, livenessProbe: { httpGet: { path }, ...more } }] }));
    expect(probed("kube-state-metrics", "/livez", { initialDelaySeconds: 5 })).toEqual([
      "container kube-state-metrics must have a liveness probe that asks no other server, not the API server",
    ]);
    expect(probed("shop", "/ready")).toEqual([
      "container shop must have a liveness probe that asks no other server, not a server that is not known",
    ]);
    expect(probed("loki", "/loki/api/v1/status/buildinfo")).toEqual([]);
    // The kubelet would ask only after ten years.
    expect(probed("kube-state-metrics", "/livez", { initialDelaySeconds: 315_360_000 })).toEqual([]);
  });

  test("must have an operator that sets requests for the containers that it adds", () => {
    const args = ["--config-reloader-cpu-request=0", "--config-reloader-memory-request=16Mi"];
    expect(rules(deployment({ containers: [{ ...container, args }] }))).toEqual([
      "containers that the operator adds must request CPU and memory",
    ]);
  });
});

describe("a manifest of a release", () => {
  test("must not be a NetworkPolicy", () => {
    expect(rules({ kind: "NetworkPolicy", metadata: { name: "all" } })).toEqual(["must not exist"]);
  });

  test.each([
    [["secrets"], ["list"]],
    [["secrets", "pods"], ["watch"]],
    [["configmaps", "secrets"], ["*"]],
  ])("must not read the Secrets of the whole cluster: %s", (resources, verbs) => {
    const given = { kind: "ClusterRole", metadata: { name: "reader" }, rules: [{ apiGroups: [""], resources, verbs }] };
    expect(rules(given)).toEqual(["must not read the Secrets of the whole cluster"]);
    expect(rules({ ...given, kind: "Role" })).toEqual([]);
  });

  test.each([
    [["nodes", "nodes/proxy"], ["get"]],
    [["pods/exec"], ["create"]],
    [["pods", "pods/attach"], ["*"]],
    [["*/exec"], ["get"]],
  ])("must not run commands in the containers of the whole cluster: %s", (resources, verbs) => {
    const given = { kind: "ClusterRole", metadata: { name: "agent" }, rules: [{ apiGroups: [""], resources, verbs }] };
    expect(rules(given)).toEqual(["must not run commands in the containers of the whole cluster"]);
  });

  test("must do neither by a wildcard", () => {
    const given = { kind: "ClusterRole", rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] };
    expect(rules({ ...given, metadata: { name: "agent" } })).toHaveLength(2);
  });

  test("may read pods and the metrics of kubelets in the whole cluster", () => {
    const resources = ["pods", "nodes", "nodes/metrics"];
    const given = { kind: "ClusterRole", rules: [{ apiGroups: [""], resources, verbs: ["get", "list", "watch"] }] };
    expect(rules({ ...given, metadata: { name: "reader" } })).toEqual([]);
  });

  test("must not be a DaemonSet that runs where its pods never become ready", () => {
    const daemonSet = (spec: object) =>
      rules({ ...deployment({ containers: [container], ...spec }), kind: "DaemonSet" });
    const nodes = ["a Windows node", "a node of AWS Fargate", "a virtual node"];
    const expected = nodes.map((node) => `must not run on ${node}, where its pod never becomes ready`);
    expect(daemonSet({})).toEqual(expected);
    expect(daemonSet({ nodeSelector: linuxNodes.nodeSelector })).toEqual(expected.slice(1));
    expect(daemonSet(linuxNodes)).toEqual([]);
  });

  test("must have the label by which our Prometheus selects it", () => {
    const monitor = { kind: "ServiceMonitor", metadata: { name: "app", labels: { release: "other" } } };
    expect(rules(monitor)).toEqual(["must have the label monitored-by: erp-observability"]);
  });
});

describe("a pod of a release must have the pull secrets and the placement of the settings", () => {
  const terms = (...keys: string[]) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: keys.map((key) => ({ key, operator: "Exists" as const })) }],
      },
    },
  });
  const settings = {
    cluster: production.cluster,
    pods: {
      imagePullSecrets: ["registry"],
      placement: { nodeSelector: { pool: "apps" } },
      monitoring: { nodeSelector: { pool: "infra" }, affinity: terms("fast") },
      agents: { nodeSelector: { managed: "true" } },
    },
  };
  const missing = (manifest: Manifest) =>
    placementFaults(release({}), [manifest], settings).map(({ rule }) => rule.replace(/must have the (\w+) .*/, "$1"));
  const spec = {
    imagePullSecrets: [{ name: "registry" }],
    nodeSelector: { pool: "infra" },
    affinity: terms("linux", "fast"),
  };

  test("those of the monitoring, also if an operator creates it", () => {
    const prometheus = { kind: "Prometheus", metadata: { name: "one" }, spec };
    expect([deployment(spec), prometheus].flatMap(missing)).toEqual([]);
    expect(missing({ ...prometheus, spec: {} })).toEqual(["imagePullSecrets", "nodeSelector", "affinity"]);
    expect(missing(deployment({ ...spec, nodeSelector: { pool: "apps" } }))).toEqual(["nodeSelector"]);
    expect(missing(deployment({ ...spec, affinity: terms("linux") }))).toEqual(["affinity"]);
  });

  test("those of the agents, if it is a DaemonSet", () => {
    const agent = { ...spec, nodeSelector: { "kubernetes.io/os": "linux", managed: "true" }, affinity: undefined };
    expect(missing({ ...deployment(agent), kind: "DaemonSet" })).toEqual([]);
    expect(missing({ ...deployment(spec), kind: "DaemonSet" })).toEqual(["nodeSelector"]);
  });
});

describe("the stated versions of a chart", () => {
  const chart = {
    name: "shop",
    version: "1.2.3",
    repository: "https://shop.test",
    appVersion: "v4.5.6",
    programs: { stockCounter: "7.8.9" },
    changeLog: "https://shop.test/changes",
  };
  const images = ["shop.test/shop:v4.5.6@sha256:0f00", "shop.test:5000/stock-counter:v7.8.9-distroless"];
  const contents = () => ({ appVersion: shop.appVersion, images, complete: true });
  const faults = (stated: object, found: object = {}) =>
    versionFaults({ ...chart, ...stated }, { ...contents(), ...found }).map(({ place, value, rule }) => [
      place.split(": ").at(-1),
      value,
      rule.split(", which")[0],
    ]);

  test("pass if the chart contains them", () => expect(faults({})).toEqual([]));

  test("are reported if the chart contains another version", () => {
    expect(faults({ appVersion: "v4.5.5" })).toEqual([
      ["appVersion", "v4.5.5", "must be the appVersion of shop 1.2.3"],
    ]);
    expect(faults({ programs: { stockCounter: "7.8.8" } })).toEqual([
      ["programs.stockCounter", "7.8.8", "must be the version of the image stock-counter in shop 1.2.3"],
    ]);
  });

  test("are reported if no image has them, if all images are known", () => {
    const missing = ["must be the version of the image counter in shop 1.2.3"];
    expect(faults({ programs: { counter: "7.8.9" } })).toEqual([["programs.counter", "7.8.9", ...missing]]);
    expect(faults({ programs: { counter: "7.8.9" } }, { complete: false })).toEqual([]);
    const other = { images: ["shop.test/shop:v4.5.5", images[1]] };
    expect(faults({}, other)).toEqual([
      ["appVersion", "v4.5.6", "must be the version of an image that shop 1.2.3 deploys"],
    ]);
  });

  test("are compared with the images of containers, and with those that the operator adds", () => {
    const args = ["--prometheus-config-reloader=shop.test/reloader:v1.0.0"];
    expect(imagesOf(deployment({ containers: [{ ...container, args }] }))).toEqual([
      "registry.example.com/app:1.0.0",
      "shop.test/reloader:v1.0.0",
    ]);
  });

  test("are those of charts that the environments of the tests deploy", () => {
    const deployed = new Set(releases(synthesizedStacks(everyChoice)).map(({ chart: { name } }) => name));
    expect([...deployed].sort()).toEqual(
      Object.values(charts)
        .map(({ name }) => name)
        .sort(),
    );
  });
});

test("each rendered object has a file, so that a comparison names the object", () => {
  const documents = [
    "\n# Source: shop/templates/service.yaml\nkind: Service\nmetadata:\n  labels:\n    app: x\n  name: web\n",
    "\nkind: ClusterRole\nmetadata:\n  name: shop:reader\n",
    "\nkind: Service\nmetadata: \n  name: web\n  namespace: other\n",
    "\n# Source: shop/templates/empty.yaml\n",
  ];
  const files = manifestFiles(release({}), documents);
  expect([...files.keys()]).toEqual([
    "production/shop/Service-web.yaml",
    "production/shop/ClusterRole-shop-reader.yaml",
  ]);
  expect(files.get("production/shop/Service-web.yaml")?.match(/^kind: Service$/gm)).toHaveLength(2);
});

describe("Grafana's release", () => {
  const values = {
    datasources: { "datasources.yaml": { datasources: [{ name: "Loki", url: "{{ x }}" }] } },
    "grafana.ini": { users: { allow_sign_up: false } },
    sidecar: {
      dashboards: { label: "grafana_dashboard", labelValue: "1", folderAnnotation: "folder", resource: "configmap" },
    },
  };
  const env = { LABEL: "grafana_dashboard", LABEL_VALUE: "1", FOLDER_ANNOTATION: "folder", RESOURCE: "configmap" };

  function faults(ini: string, url: string, given: Readonly<Record<string, string | object>>): string[] {
    const variables = Object.entries(given).map(([name, value]) =>
      typeof value === "string" ? { name, value } : { name, valueFrom: value },
    );
    const data = { "grafana.ini": ini, "datasources.yaml": `datasources: [{ name: Loki, url: "${url}" }]` };
    const config = { kind: "ConfigMap", metadata: { name: "grafana" }, data };
    const pod = deployment({ containers: [{ name: "grafana-sc-dashboard", env: variables }] });
    return grafanaFaults(release(values, "grafana"), [config, pod]).map(({ place }) => place.split(": ")[1] as string);
  }

  test("passes if Grafana gets the given values", () => {
    expect(faults("[users]\nallow_sign_up = false", "{{ x }}", env)).toEqual([]);
  });

  test("has a fault for each value that a template dropped or expanded", () => {
    expect(faults("[other]\nallow_sign_up = false", "", { ...env, LABEL: "", NAMESPACE: "ALL" })).toEqual([
      "datasources datasources.yaml",
      "grafana.ini [users] allow_sign_up = false",
      "dashboard sidecar LABEL",
      "dashboard sidecar NAMESPACE",
    ]);
  });

  test("has a fault if the sidecar gets the password of the administrator", () => {
    const password = { secretKeyRef: { name: "grafana-admin", key: "admin-password" } };
    const places = faults("[users]\nallow_sign_up = false", "{{ x }}", { ...env, REQ_PASSWORD: password });
    expect(places).toEqual(["dashboard sidecar REQ_PASSWORD"]);
  });
});

/**
 * The smallest configuration with which Loki starts:
 * https://grafana.com/docs/loki/latest/configure/examples/configuration-examples/
 */
const lokiConfig = `
common: { path_prefix: /loki, replication_factor: 1, ring: { kvstore: { store: inmemory } } }
schema_config:
  configs:
    - { from: "2024-01-01", store: tsdb, object_store: filesystem, schema: v13, index: { prefix: index_, period: 24h } }
storage_config: { filesystem: { directory: /loki/chunks } }
limits_config: { retention_period: 7d }
`;

describeWith("loki", "Loki's release", () => {
  const faults = (config: string) =>
    lokiFaults(release({}, "loki"), [
      { kind: "ConfigMap", metadata: { name: "loki" }, data: { "config.yaml": config } },
    ]);

  test("passes if Loki accepts its configuration", async () => {
    expect(await faults(lokiConfig)).toEqual([]);
  });

  test("has a fault with Loki's own message if Loki refuses it", async () => {
    const remedy = expect.stringContaining("field retention_perod not found in type validation.plain");
    expect(await faults(lokiConfig.replace("retention_period", "retention_perod"))).toEqual([
      { place: "release loki of production", rule: "must be a configuration that Loki accepts", remedy },
    ]);
  });
});

describeWith("helm", "a release that Helm renders", (helm) => {
  const run: Helm["run"] = async (args, input = "") => {
    const values = join(folder, "values.json");
    writeFileSync(values, input);
    const { status, output } = helm(...args.map((arg) => (arg === "-" ? values : arg)));
    return { code: status ?? 1, stdout: output, stderr: output, interrupted: false };
  };

  test("is converted to its manifests", async () => {
    const given = release({ replicas: 3, extra: { template: { spec: {} } } });
    const [rendered] = (await manifests({ run }, given, packed)) as readonly Manifest[];
    expect(rendered).toMatchObject({
      kind: "Deployment",
      metadata: { name: "shop", namespace: "erp" },
      spec: { replicas: 3 },
    });
  });

  test("or with Helm's error", async () => {
    const given = release({ extra: { template: null } });
    expect(await manifests({ run }, given, packed)).toEqual({ error: expect.stringContaining("a template") });
  });
});
