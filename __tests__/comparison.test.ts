import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "../commands/comparison/change";
import { changesText } from "../commands/comparison/changes-text";
import { compareAlerts } from "../commands/comparison/compare-alerts";
import { compareDestinations } from "../commands/comparison/compare-destinations";
import { compareSynths } from "../commands/comparison/compare-synths";
import { reviewLines } from "../commands/review/review-lines";
import { synthesize } from "../main";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";

// biome-ignore lint/suspicious/noExplicitAny: JSON that a test edits in one place
type Json = any;

let root: string;
let before: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "comparison-"));
  before = join(root, "before");
  synthesize([local, production], before);
});

afterAll(() => rmSync(root, { recursive: true }));

test("two equal synths have no differences", () => {
  expect(compareSynths(before, before)).toEqual({ changes: [], comparesSignals: true, switchedOff: [] });
  expect(changesText([], { most: 5 })).toBe("Nothing changes.");
});

describe("changes of signals", () => {
  const find = (list: Json[], title: string) => list.find((one) => one.title === title);

  test.each<[string, (environment: Json) => void, readonly string[]]>([
    [
      "another limit, only once although the expression contains it too",
      ({ alerts }) => {
        const alert = find(alerts, "LokiRequestsFailing");
        alert.expression = alert.expression.replace("> 0.05", "> 0.1");
        alert.limit.value = 0.1;
      },
      ["~ LokiRequestsFailing (warning): limit 5 % -> 10 %"],
    ],
    [
      "another duration and severity",
      ({ alerts }) => Object.assign(find(alerts, "RedisDown"), { for: "5m", severity: "warning" }),
      ["~ RedisDown (warning)", "    for 30s -> 5m", "    severity critical -> warning"],
    ],
    [
      "another expression",
      ({ alerts }) => Object.assign(find(alerts, "RedisDown"), { expression: "up < 1", comparison: "<" }),
      [expect.stringMatching(/^~ RedisDown \(critical\): expression .+ -> up < 1$/)],
    ],
    [
      "a removed alert and a new one",
      ({ alerts }) => Object.assign(find(alerts, "RedisDown"), { title: "RedisGone" }),
      ["- RedisDown (critical): below 1 for 30s, team erp", "+ RedisGone (critical): below 1 for 30s, team erp"],
    ],
    [
      "a longer repeat interval of a route, and another kind of receiver",
      ({ notifications }) => {
        notifications.route.routes[2].repeat_interval = "8h";
        notifications.receivers.pager = ["opsgenie"];
      },
      [
        "~ receiver pager (notified by all 23 critical alerts): kinds: + opsgenie, - pagerduty",
        '~ route of {severity="critical"} to pager: repeat_interval 4h -> 8h',
      ],
    ],
    [
      "a panel with another query, and a new one",
      ({ dashboards }) => {
        const { panels } = find(dashboards, "Redis");
        panels[0].queries = ["up"];
        panels.push({ title: "New", type: "stat", queries: ["vector(1)"] });
      },
      [
        "~ Redis (erp-redis)",
        expect.stringMatching(/^ {4}panel "Alerts firing"\.queries: \+ up, - count\(ALERTS/),
        '    panel "New" added: {"type":"stat","queries":["vector(1)"]}',
      ],
    ],
    [
      "a metric that is kept, and a job that is no longer scraped",
      ({ keep }) => {
        keep.kubelet.push("kubelet_new_total");
        delete keep["kubelet-probes"];
      },
      ["~ job kubelet: metrics: + kubelet_new_total", "- job kubelet-probes"],
    ],
    [
      "alerts that go elsewhere, by running each of them through both routing trees",
      ({ notifications }) => {
        notifications.route.routes = notifications.route.routes.filter(
          ({ receiver, matchers }: Json) => receiver !== "chat" || matchers[0] !== 'severity="critical"',
        );
      },
      [
        expect.stringMatching(/^~ all \d+ critical alerts: notified pager, chat -> pager$/),
        '- route of {severity="critical"} to chat',
      ],
    ],
    [
      "a team that is notified of alerts about its namespace, by the routes below that of the team",
      ({ alerts, notifications }) => {
        for (const name of ["PodNotReady", "PodCrashLooping"]) {
          const alert = find(alerts, name);
          alert.expression = alert.expression.replaceAll('namespace=~"erp|', 'namespace=~"erp|payments|');
        }
        const routes = [{ receiver: "payments-chat", matchers: ['severity="warning"'] }];
        notifications.receivers["payments-chat"] = ["slack"];
        notifications.route.routes.splice(2, 0, {
          receiver: "payments-chat",
          matchers: ['namespace=~"payments"'],
          routes,
        });
      },
      expect.arrayContaining([
        "+ receiver payments-chat: notified by PodCrashLooping, PodNotReady about the namespace payments",
        '+ route of {namespace=~"payments"} to payments-chat',
        '+ route of {namespace=~"payments", severity="warning"} to payments-chat',
      ]),
    ],
    [
      "an alert whose own labels send it elsewhere",
      ({ alerts }) => {
        const alert = find(alerts, "RedisDown");
        alert.labels = { ...alert.labels, severity: "info" };
      },
      ["~ RedisDown: notified pager, chat -> nobody"],
    ],
    [
      "an alert that is switched off",
      (environment) => {
        environment.alerts = environment.alerts.filter(({ title }: Json) => title !== "RedisDown");
        environment.switchedOff.push({ title: "RedisDown", because: "the environment has no Redis" });
      },
      ["- RedisDown (critical): switched off, because the environment has no Redis"],
    ],
    [
      "an alert that an override changes",
      (environment) => {
        find(environment.alerts, "RedisDown").for = "5m";
        environment.overrides = [
          { title: "RedisDown", key: "RedisDown", changes: "for 5m", because: "Redis moves often" },
        ];
      },
      ["~ RedisDown (critical) (an override, because Redis moves often): for 30s -> 5m"],
    ],
    [
      "other scenarios",
      ({ alerts }) => {
        const { scenarios } = find(alerts, "RedisDown");
        scenarios[0].title = "Redis is stopped";
        scenarios[0].by = "9m";
      },
      [expect.stringMatching(/^~ RedisDown \(critical\): scenarios: \+ "Redis is stopped": fires .* and by 9m/)],
    ],
    [
      "another key of a Secret",
      ({ secrets }) => secrets.find(({ name }: Json) => name === "erp-redis").keys.push("password"),
      ["~ erp/erp-redis: keys: + password"],
    ],
  ])("list %s", (_, edit, expected) => {
    const { changes } = compareSynths(
      before,
      editedFile("signals.json", ({ environments }) => edit(environments.production)),
    );
    expect(changes.map(({ environment }) => environment)).toEqual(changes.map(() => "production"));
    expect(linesOf(changes)).toEqual(expected);
  });

  test("list another reason and another last day of an override that changes nothing else", () => {
    const overridden = (title: string, changed: object) => ({
      ...{ title, key: title, changes: "off", because: "Redis moves often", relying: [], uninhibited: [], late: [] },
      ...changed,
    });
    const before = [overridden("RedisDown", {}), overridden("ErpDown", {}), overridden("ErpTrafficDrop", {})];
    const after = [
      overridden("RedisDown", { until: "2027-03-01" }),
      overridden("ErpDown", { because: "the API moves often" }),
      overridden("ErpTrafficDrop", {}),
    ];
    const changes = compareAlerts({ alerts: [], overrides: before }, { alerts: [], overrides: after });
    expect(changes.map(({ name, what, fields }) => ({ name, what, fields }))).toEqual([
      {
        name: "ErpDown",
        what: "changed",
        fields: [{ field: "reason of the override", before: "Redis moves often", after: "the API moves often" }],
      },
      {
        name: "RedisDown",
        what: "changed",
        fields: [{ field: "last day of the override", before: "none", after: "2027-03-01" }],
      },
    ]);
    const [line] = reviewLines(
      changes.slice(1).map((change) => ({ environment: "production", ...change })),
      { environments: ["production"], most: 8 },
    );
    expect(line?.text).toBe("RedisDown: last day of the override none → 2027-03-01 in production");
  });

  test("list an alert with the namespace that another team takes over", () => {
    const routed = (receiver: string): Json => ({
      alerts: [
        {
          title: "PodNotReady",
          name: "PodNotReady",
          severity: "warning",
          expression: 'up{namespace=~"erp|payments"} < 1',
          labels: { severity: "warning" },
        },
      ],
      notifications: { route: { receiver: "chat", routes: [{ receiver, matchers: ['namespace=~"payments"'] }] } },
    });
    expect(compareDestinations(routed("payments-chat"), routed("orders-chat"))).toEqual([
      {
        area: "notifications",
        what: "changed",
        name: "PodNotReady about the namespace payments",
        fields: [{ field: "notified", before: "payments-chat", after: "orders-chat" }],
      },
    ]);
  });

  test("include a dashboard if only its layout differs", () => {
    const { changes } = compareSynths(
      before,
      editedResource("production-erp", "kubernetes_config_map_v1", "Dashboards_erp-redis", ({ data }) => {
        data["erp-redis.json"] = data["erp-redis.json"].replace('"h":', '"h":1');
      }),
    );
    expect(linesOf(changes)).toEqual(["~ Redis (erp-redis): layout or options changed"]);
  });
});

describe("changes of resources", () => {
  test.each<[string, string, string, string, (resource: Json) => void, string, readonly string[]]>([
    [
      "a chart version",
      "production-monitoring",
      "helm_release",
      "loki",
      (release) => Object.assign(release, { version: "99.0.0" }),
      "versions",
      [expect.stringMatching(/^~ Helm release logging\/loki: version \d+\.\d+\.\d+ -> 99\.0\.0$/)],
    ],
    [
      "an image",
      "production-erp",
      "kubernetes_deployment_v1",
      "Api_Workload",
      ({ spec }) => Object.assign(spec.template.spec.container[0], { image: "registry.example.com/erp:9" }),
      "versions",
      ["~ Deployment erp/erp-api: image of erp-api registry.example.com/erp:0.1.0 -> registry.example.com/erp:9"],
    ],
    [
      "a container that may write to its root",
      "production-erp",
      "kubernetes_deployment_v1",
      "Api_Workload",
      ({ spec }) =>
        Object.assign(spec.template.spec.container[0].security_context, { read_only_root_filesystem: false }),
      "permissions",
      ["~ Deployment erp/erp-api: security_context of erp-api.read_only_root_filesystem true -> false"],
    ],
    [
      "a pod that shares the network of its node",
      "production-erp",
      "kubernetes_deployment_v1",
      "Celery_Worker_Deployment",
      ({ spec }) => Object.assign(spec.template.spec, { host_network: true }),
      "permissions",
      ["~ Deployment erp/erp-worker: host_network added: true"],
    ],
    [
      "a token of the API server",
      "production-erp",
      "kubernetes_service_account_v1",
      "Api_Workload",
      (account) => Object.assign(account, { automount_service_account_token: true }),
      "permissions",
      ["~ ServiceAccount erp/erp-api: automount_service_account_token false -> true"],
    ],
    [
      "a weaker Pod Security level",
      "production-base",
      "kubernetes_namespace_v1",
      "erp",
      ({ metadata }) => Object.assign(metadata.labels, { "pod-security.kubernetes.io/enforce": "baseline" }),
      "permissions",
      ["~ Namespace erp: pod-security.kubernetes.io/enforce restricted -> baseline"],
    ],
    [
      "a port that a NetworkPolicy allows",
      "production-erp",
      "kubernetes_network_policy_v1",
      "Ingress_redis-exporter",
      ({ spec }) => Object.assign(spec.ingress[0].ports[0], { port: "6379" }),
      "network",
      [
        "~ NetworkPolicy erp/redis-exporter: admits: + monitoring/prometheus to port 6379, - monitoring/prometheus to port 9121",
      ],
    ],
    [
      "a public path",
      "production-erp",
      "kubernetes_ingress_v1",
      "Api_Ingress",
      ({ spec }) => Object.assign(spec.rule[0].http.path[0], { path: "/metrics" }),
      "network",
      [
        "~ Ingress erp/erp-api: publishes: + erp.example.com/metrics to erp-api:http, - erp.example.com/api to erp-api:http",
      ],
    ],
    [
      "a request of a container",
      "production-erp",
      "kubernetes_deployment_v1",
      "Api_Workload",
      ({ spec }) => Object.assign(spec.template.spec.container[0].resources.requests, { cpu: "2" }),
      "requests",
      ["~ Deployment erp/erp-api: cpu request of erp-api 500m -> 2"],
    ],
    [
      "another resource",
      "production-erp",
      "kubernetes_horizontal_pod_autoscaler_v2",
      "Api_Availability",
      ({ spec }) => Object.assign(spec, { max_replicas: 20 }),
      "resources",
      ["~ HorizontalPodAutoscaler erp/erp-api: spec.max_replicas 12 -> 20"],
    ],
  ])("list %s", (_, stack, type, id, edit, area, expected) => {
    const { changes } = compareSynths(before, editedResource(stack, type, id, edit));
    expect(linesOf(changes)).toEqual(expected);
    expect(changes.map((change) => [change.area, change.breaking])).toEqual([[area, undefined]]);
  });

  test.each([
    [
      "permissions",
      (values: Json) => Object.assign(values.rbac, { namespaced: false }),
      "rbac.namespaced true -> false",
    ],
    [
      "requests",
      (values: Json) => Object.assign(values.resources.requests, { cpu: "2" }),
      "resources.requests.cpu 250m -> 2",
    ],
  ])("divide the values of a chart: %s", (area, change, text) => {
    const { changes } = compareSynths(before, editedValues("grafana", change));
    expect(changes.map((one) => one.area)).toEqual([area]);
    expect(linesOf(changes)).toEqual([`~ Helm release grafana/grafana: values.${text}`]);
  });

  test("list what a Role permits, one by one", () => {
    const role = (verbs: readonly string[]) => ({
      metadata: { name: "reader", namespace: "erp" },
      rule: [{ api_groups: ["", "apps"], resources: ["pods"], verbs }],
    });
    const [one, other] = [["get"], ["get", "delete"]].map((verbs) =>
      editedStack("production-erp", (resource) => {
        resource.kubernetes_role_v1 = { Reader: role(verbs) };
      }),
    ) as [string, string];
    expect(linesOf(compareSynths(one, other).changes)).toEqual([
      "~ Role erp/reader: permits: + delete pods, + delete pods.apps",
    ]);
  });

  test("list new and removed objects in the section of their kind", () => {
    const after = editedStack("production-erp", (resource) => {
      resource.kubernetes_role_v1 = { Reader: { metadata: { name: "reader", namespace: "erp" }, rule: [] } };
      resource.kubernetes_network_policy_v1 = {};
    });
    const { changes } = compareSynths(before, after);
    expect(changes.filter(({ area }) => area === "permissions").map(({ what, name }) => [what, name])).toEqual([
      ["added", "Role erp/reader"],
    ]);
    expect(changes.filter(({ area }) => area === "network").map(({ what }) => what)).toEqual(Array(6).fill("removed"));
    expect(changes.some(({ breaking }) => breaking)).toBe(false);
  });

  test("show a renamed construct without data as a new address", () => {
    const { changes } = compareSynths(
      before,
      renamedResource("production-erp", "kubernetes_network_policy_v1", "Ingress_redis-exporter"),
    );
    expect(changes.map(({ area, breaking }) => [area, breaking])).toEqual([["resources", undefined]]);
    expect(linesOf(changes)[0]).toMatch(
      /^~ NetworkPolicy erp\/redis-exporter: Terraform address erp: kubernetes_network.* -> .*Renamed$/,
    );
  });
});

describe("changes of objects with data", () => {
  const stateful = {
    metadata: { name: "db", namespace: "erp" },
    spec: { service_name: "db", replicas: "1", template: {} },
  };

  test.each<[string, () => [string, string], string, RegExp]>([
    [
      "the size of a claim",
      () => [
        before,
        editedResource("local-erp", "kubernetes_persistent_volume_claim_v1", "Servers", ({ spec }) =>
          Object.assign(spec.resources.requests, { storage: "2Gi" }),
        ),
      ],
      "PersistentVolumeClaim erp/postgresql",
      /existing volumes keep their size[\s\S]*storage 1Gi -> 2Gi/,
    ],
    [
      "the construct id of a claim",
      () => [before, renamedResource("local-erp", "kubernetes_persistent_volume_claim_v1", "Servers")],
      "PersistentVolumeClaim erp/postgresql",
      /Terraform deletes it and its data, and creates a new one[\s\S]*Terraform address/,
    ],
    [
      "the name of a claim",
      () => [
        before,
        editedResource("local-erp", "kubernetes_persistent_volume_claim_v1", "Servers", ({ metadata }) =>
          Object.assign(metadata, { name: "data" }),
        ),
      ],
      "PersistentVolumeClaim erp/postgresql",
      /name PersistentVolumeClaim erp\/postgresql -> PersistentVolumeClaim erp\/data/,
    ],
    [
      "the size of Loki's volumes",
      () => [
        before,
        editedValues("loki", (values) => Object.assign(values.singleBinary.persistence, { size: "99Gi" })),
      ],
      "Helm release logging/loki",
      /values\.singleBinary\.persistence\.size \w+ -> 99Gi/,
    ],
    [
      "the StorageClass of Prometheus' volumes",
      () => [
        before,
        editedValues("kube-prometheus-stack", ({ prometheus }) =>
          Object.assign(prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec, { storageClassName: "slow" }),
        ),
      ],
      "Helm release monitoring/kube-prometheus-stack",
      /storageClassName gp3 -> slow/,
    ],
    [
      "the removed claim of Alertmanager",
      () => [
        before,
        editedValues("kube-prometheus-stack", ({ alertmanager }) =>
          Object.assign(alertmanager.alertmanagerSpec, { storage: {} }),
        ),
      ],
      "Helm release monitoring/kube-prometheus-stack",
      /volumeClaimTemplate removed/,
    ],
    [
      "the name that a chart gives its StatefulSets",
      () => [before, editedValues("loki", (values) => Object.assign(values, { fullnameOverride: "logs" }))],
      "Helm release logging/loki",
      /Kubernetes refuses to change[\s\S]*values\.fullnameOverride loki -> logs/,
    ],
    [
      "a removed namespace",
      () => [before, editedStack("production-base", (resource) => void delete resource.kubernetes_namespace_v1.erp)],
      "Namespace erp",
      /Terraform deletes it and its data/,
    ],
    [
      "the construct id of the custom resource definitions",
      () => [before, renamedResource("production-base", "helm_release", "prometheus-operator-crds")],
      "Helm release monitoring/prometheus-operator-crds",
      /Terraform address base: helm_release\.prometheus-operator-crds -> /,
    ],
    [
      "an immutable field of a StatefulSet",
      () => [withStatefulSet({}), withStatefulSet({ service_name: "other" })],
      "StatefulSet erp/db",
      /Kubernetes refuses to change[\s\S]*spec\.service_name db -> other/,
    ],
    [
      "the location of a state",
      () => [
        before,
        editedStack("production-erp", (_, stack) => Object.assign(stack.terraform.backend.s3, { key: "elsewhere" })),
      ],
      "state of the stack erp",
      /Terraform does not find the current state[\s\S]*s3\.key .* -> elsewhere/,
    ],
  ])("are breaking: %s", (_, directories, name, text) => {
    const { changes } = compareSynths(...directories());
    const breaking = changes.filter((change) => change.breaking);
    expect(breaking.map((change) => change.name)).toEqual([name]);
    expect(changesText(changes, { most: 5 })).toMatch(/^!!! 1 CHANGE IS BREAKING\n/);
    expect(changesText(changes, { most: 5 })).toMatch(text);
  });

  // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
  test.each([
    { replicas: "3" },
    { ordinals: { start: 1 } },
    { template: { metadata: {} } },
    { update_strategy: { type: "OnDelete" } },
    { persistent_volume_claim_retention_policy: { when_deleted: "Retain" } },
    { min_ready_seconds: 10 },
  ])("are not breaking if Kubernetes allows the change: %j", (fields) => {
    const { changes } = compareSynths(withStatefulSet({}), withStatefulSet(fields));
    expect(changes.map(({ area, breaking }) => [area, breaking])).toEqual([["resources", undefined]]);
  });

  function withStatefulSet(fields: object): string {
    return editedStack("production-erp", (resource) => {
      resource.kubernetes_stateful_set_v1 = { Db: { ...stateful, spec: { ...stateful.spec, ...fields } } };
    });
  }
});

test("if one side has no signals.json, rules are compared as resources", () => {
  const older = copy();
  rmSync(join(older, "signals.json"));
  edit(join(older, "stacks/production-erp/cdk.tf.json"), ({ resource }) => {
    const release = resource.helm_release["erp-signals"];
    release.values[0] = release.values[0].replace('"for":"45s"', '"for":"50s"');
  });
  const { changes, comparesSignals } = compareSynths(older, before);
  expect(comparesSignals).toBe(false);
  expect(linesOf(changes)).toEqual([
    expect.stringMatching(/^~ PrometheusRule erp\/erp-[a-z-]+: spec\.groups.*for 50s -> 45s$/),
  ]);
});

test("the text states the environments of each change once, and the number of omitted changes", () => {
  const change = (environment: string, name: string): Change => ({
    environment,
    area: "alerts",
    what: "added",
    name,
    fields: [],
  });
  const changes = [change("qa", "A"), change("qa", "B"), change("qa", "C"), change("prod", "A")];
  expect(changesText(changes, { most: 1 })).toBe(
    "qa, prod\n  alerts\n    + A\n\nqa\n  alerts\n    + B\n    … and 1 more",
  );
});

/** The printed changes of one environment, without headings and indentation. */
function linesOf(changes: readonly Change[]): string[] {
  const lines = changesText(changes, { most: 20 }).split("\n");
  return lines.filter((line) => line.startsWith("    ")).map((line) => line.slice(4));
}

let copies = 0;

function copy(): string {
  const directory = join(root, `copy-${copies++}`);
  cpSync(before, directory, { recursive: true });
  return directory;
}

function edit(path: string, change: (content: Json) => void): void {
  const content = JSON.parse(readFileSync(path, "utf8"));
  change(content);
  writeFileSync(path, JSON.stringify(content));
}

function editedFile(file: string, change: (content: Json) => void): string {
  const directory = copy();
  edit(join(directory, file), change);
  return directory;
}

function editedStack(stack: string, change: (resource: Json, stack: Json) => void): string {
  return editedFile(`stacks/${stack}/cdk.tf.json`, (content) => change(content.resource, content));
}

/** @param id the start of the resource's Terraform name */
function editedResource(stack: string, type: string, id: string, change: (resource: Json) => void): string {
  return editedStack(stack, (resource) => change(resource[type][fullId(resource[type], id)]));
}

/** The stack after the id of a construct has changed, together with the references to it. */
function renamedResource(stack: string, type: string, id: string): string {
  return editedStack(stack, (resource, content) => {
    const full = fullId(resource[type], id);
    resource[type].Renamed = resource[type][full];
    delete resource[type][full];
    content.resource = JSON.parse(JSON.stringify(resource).replaceAll(`\${${type}.${full}.`, `\${${type}.Renamed.`));
  });
}

function fullId(named: Json, beginning: string): string {
  const [found] = Object.keys(named).filter((id) => id.startsWith(beginning));
  if (found === undefined) throw new Error(`no resource ${beginning}`);
  return found;
}

function editedValues(release: string, change: (values: Json) => void): string {
  return editedResource("production-monitoring", "helm_release", release, (resource) => {
    const values = JSON.parse(resource.values[0]);
    change(values);
    resource.values = [JSON.stringify(values)];
  });
}
