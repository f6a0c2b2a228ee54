import { type Release, releases } from "../commands/charts/chart-releases";
import { livenessAnswers } from "../commands/charts/liveness-answers";
import type { Resource, Stack } from "../commands/read-stack";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import type { Environment } from "../settings/environment";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";

/** They have all charts, all kinds of pods, own classes and existing ones. */
const environments = [local, production, existing];

const stacks = synthesizedStacks(environments);

const stackOf = ({ name }: Environment, layer: string): Stack => {
  const found = stacks.find((one) => one.name === `${name}-${layer}`);
  if (!found) throw new Error(`${name} has no stack ${layer}`);
  return found;
};

// biome-ignore lint/suspicious/noExplicitAny: the arguments depend on the resource
const argumentsOf = ({ arguments: given }: Resource): any => given;

/** Deployments and Jobs of an environment, by name. */
const podsOf = (environment: Environment) =>
  stackOf(environment, "erp")
    .resources.filter(({ type }) => /^kubernetes_(deployment|job)_v1$/.test(type))
    .map(argumentsOf)
    .map(({ metadata, spec }) => ({ name: metadata.name as string, spec: spec.template.spec }));

/** Paths of the values that set the class of each pod of a chart, and the class that each has by default. */
const chartPods: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "otel-collector": { "": "erp-monitoring" },
  "kube-prometheus-stack": {
    "prometheus.prometheusSpec": "erp-monitoring",
    "alertmanager.alertmanagerSpec": "erp-monitoring",
    prometheusOperator: "erp-monitoring",
    "kube-state-metrics": "erp-monitoring",
    "prometheus-node-exporter": "system-node-critical",
  },
  loki: { singleBinary: "erp-monitoring", lokiCanary: "erp-monitoring" },
  grafana: { "": "erp-monitoring" },
  "blackbox-exporter": { "": "erp-monitoring" },
  promtail: { "": "system-node-critical" },
  alloy: { controller: "system-node-critical" },
};

// biome-ignore lint/suspicious/noExplicitAny: values of any chart
const at = (values: any, path: string) => path.split(".").reduce((value, key) => (key ? value?.[key] : value), values);

const chartClasses = ({ name, values }: Release) =>
  Object.fromEntries(
    Object.keys(chartPods[name] ?? {})
      .map((path) => [path, at(values, path)] as const)
      .filter(([, part]) => part?.enabled !== false)
      .map(([path, part]) => [path, part?.priorityClassName]),
  );

describe("the pods of each group have a PriorityClass of their own", () => {
  test("which is that of the API, the workers or the monitoring in the ERP's namespace", () => {
    const classes = podsOf(local).map(({ name, spec }) => [name, spec.priority_class_name]);
    expect(Object.fromEntries(classes)).toEqual({
      "erp-api": "erp-api",
      "erp-migrate": "erp-api",
      postgresql: "erp-api",
      redis: "erp-api",
      "erp-worker": "erp-workers",
      "erp-beat": "erp-workers",
      "erp-traffic": "erp-workers",
      "celery-exporter": "erp-monitoring",
      "postgresql-exporter": "erp-monitoring",
      "redis-exporter": "erp-monitoring",
    });
  });

  test.each(environments)("in every release and Deployment of $name", (environment) => {
    const renamed = environment.cluster.priorityClasses ?? {};
    const own: Record<string, string> = { "system-node-critical": renamed.agents ?? "system-node-critical" };
    own["erp-monitoring"] = renamed.monitoring ?? "erp-monitoring";
    for (const release of releases([stackOf(environment, "monitoring")])) {
      const wanted = Object.entries(chartPods[release.name] ?? {}).map(([path, name]) => [path, own[name]]);
      expect([release.name, chartClasses(release)]).toEqual([
        release.name,
        Object.fromEntries(wanted.filter(([path]) => at(release.values, path ?? "")?.enabled !== false)),
      ]);
      expect(Object.keys(chartPods)).toContain(release.name);
    }
    expect(podsOf(environment).filter(({ spec }) => !spec.priority_class_name)).toEqual([]);
  });
});

describe("a node evicts", () => {
  const classes = (environment: Environment) =>
    stackOf(environment, "base")
      .resources.filter(({ type }) => type === "kubernetes_priority_class_v1")
      .map(argumentsOf);

  test("the workers first, then the API, then the monitoring, and never for the sake of their place", () => {
    const sorted = [...classes(local)].sort((one, other) => one.value - other.value);
    expect(sorted.map(({ metadata }) => metadata.name)).toEqual(["erp-workers", "erp-api", "erp-monitoring"]);
    // Pods without a class have priority 0. The API refuses more than a billion.
    expect(sorted.filter(({ value }) => value <= 0 || value > 1e9)).toEqual([]);
    expect(new Set(sorted.map(({ preemption_policy }) => preemption_policy))).toEqual(new Set(["Never"]));
  });

  test("no container of the monitoring for using more memory than it requests, in the presets", () => {
    for (const environment of [local, production]) {
      const { resources, prometheus, alertmanager, loki, logAgent, grafana, erp } = environment;
      const parts = {
        ...resources,
        prometheus: prometheus.resources,
        alertmanager: alertmanager.resources,
        loki: loki.resources,
        logAgent: logAgent.resources,
        ...(grafana.mode === "on" && { grafana: grafana.resources }),
        exporters: erp.exporterResources,
        celeryExporter: erp.celery.exporterResources,
      };
      const exceeding = Object.entries(parts).filter(([, one]) => one.requests.memory !== one.limits.memory);
      expect(exceeding.map(([name]) => name)).toEqual([]);
    }
  });

  test("by classes that the cluster has, and the base stack then creates none", () => {
    expect(classes(existing)).toEqual([]);
    const classOf = (name: string) => podsOf(existing).find((one) => one.name === name)?.spec.priority_class_name;
    expect(["erp-api", "erp-worker", "redis-exporter"].map(classOf)).toEqual([
      "shop-web",
      "shop-batch",
      "shop-monitoring",
    ]);
  });

  test("no agent, and a quota admits their class to their namespace", () => {
    const quotas = (environment: Environment) =>
      stackOf(environment, "base")
        .resources.filter(({ type }) => type === "kubernetes_resource_quota_v1")
        .map(argumentsOf);
    const [quota] = quotas(local);
    expect(quota.metadata.namespace).toBe("node-agents");
    expect(quota.spec.scope_selector.match_expression).toEqual([
      { scope_name: "PriorityClass", operator: "In", values: ["system-node-critical"] },
    ]);
    expect(quotas(existing)).toEqual([]);
  });
});

test.each(environments)("the notification log and the silences of $name survive a restart of Alertmanager", (one) => {
  const [stack] = releases([stackOf(one, "monitoring")]).filter(({ name }) => name === "kube-prometheus-stack");
  const claim = at(stack?.values, "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.resources.requests");
  expect(claim?.storage).toBeDefined();
});

test("no liveness probe of our own pods asks another server", () => {
  const probes = environments.flatMap((environment) =>
    podsOf(environment).flatMap(({ spec }) =>
      // biome-ignore lint/suspicious/noExplicitAny: a container in Terraform's form
      spec.container.flatMap((one: any) =>
        one.liveness_probe ? [`${one.name} ${one.liveness_probe.http_get.path}`] : [],
      ),
    ),
  );
  const asked = [...new Set(probes)].sort().map((probe) => [probe, livenessAnswers[probe]]);
  expect(asked).toEqual([
    ["celery-exporter /health", "itself"],
    ["elasticsearch-exporter /healthz", "itself"],
    ["erp-api /healthz/live", "itself"],
    ["erp-worker /healthz/live", "itself"],
    ["postgresql-exporter /", "itself"],
    ["redis-exporter /health", "itself"],
  ]);
});
