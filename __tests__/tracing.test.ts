import { releases } from "../commands/charts/chart-releases";
import type { Stack } from "../commands/read-stack";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { withoutTemplates } from "../constructs/template-text";
import type { Environment } from "../settings/environment";
import { requiredSecrets } from "../subjects/required-secrets";
import { bare } from "./fixtures/bare";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { minio } from "./fixtures/minio";
import { traced } from "./fixtures/traced";
import { zipkin } from "./fixtures/zipkin";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, read like the manifest that results from it
type Json = any;

const stacks = new Map(
  [local, traced, zipkin, bare, minio, existing].map((environment) => [environment, synthesizedStacks([environment])]),
);

function stack(environment: Environment, layer: string): Stack {
  const found = stacks.get(environment)?.find(({ name }) => name === `${environment.name}-${layer}`);
  if (found === undefined) throw new Error(`there is no stack ${layer}`);
  return found;
}

/** The objects of a type in a stack that are in the namespace `tracing`. */
function objects(environment: Environment, type: string, layer = "monitoring"): Json[] {
  return stack(environment, layer)
    .resources.filter((one) => one.type === type)
    .map((one): Json => one.arguments)
    .filter(({ metadata }) => metadata.namespace === "tracing");
}

function deployment(environment: Environment, name: string): Json {
  return objects(environment, "kubernetes_deployment_v1").find(({ metadata }) => metadata.name === name).spec;
}

function collectorValues(environment: Environment): Json {
  const own = stacks.get(environment) ?? [];
  return releases(own).find(({ name }) => name === "otel-collector")?.values;
}

function variables(environment: Environment, name: string): Record<string, string> {
  const found = stack(environment, "erp")
    .resources.filter(({ type }) => type === "kubernetes_deployment_v1")
    .map((one): Json => one.arguments)
    .find(({ metadata }) => metadata.name === name);
  const { env } = found.spec.template.spec.container[0];
  const ours = env.filter(({ name: one }: Json) => one.startsWith("OTEL_"));
  return Object.fromEntries(ours.map(({ name: one, value }: Json) => [one, value]));
}

test("without traces, there is no namespace for them, no program, and no variable of OpenTelemetry", () => {
  const all = JSON.stringify(stacks.get(local));
  expect(all).not.toMatch(/"tracing"|OTEL_|otel-collector|exemplar-storage/);
});

test("the ERP sends its spans to the collector, and states what it is", () => {
  expect(variables(traced, "erp-worker")).toEqual({
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-collector.tracing.svc:4318",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_SERVICE_NAME: "erp-worker",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=traced,service.namespace=erp,service.version=0.1.0",
  });
  expect(variables(existing, "erp-api").OTEL_RESOURCE_ATTRIBUTES).toMatch(/,service\.version=9f86d081884c7d65/);
});

test("only the ERP, the collector, Grafana and Prometheus can connect to the programs of traces", () => {
  const admitted = (environment: Environment) =>
    Object.fromEntries(
      objects(environment, "kubernetes_network_policy_v1").map(({ metadata, spec }) => [
        metadata.name,
        spec.ingress.flatMap(({ from, ports }: Json) => [
          from.map(({ pod_selector: { match_labels: labels } }: Json) => labels["app.kubernetes.io/name"]).join(" "),
          ports.map(({ port }: Json) => port).join(" "),
        ]),
      ]),
    );
  const collector = {
    "otel-collector": ["erp-api erp-beat erp-migrate erp-worker", "4318"],
    "otel-collector-metrics": ["prometheus", "8888 8889"],
  };
  expect(admitted(existing)).toEqual(collector);
  expect(admitted(traced)).toEqual({
    ...collector,
    jaeger: ["otel-collector", "4317"],
    "jaeger-query": ["grafana", "16686"],
    "jaeger-metrics": ["prometheus", "8888"],
  });
  expect(admitted(zipkin)).toEqual({ ...collector, zipkin: ["otel-collector prometheus grafana", "9411"] });
  // Grafana is off, so that nobody reads the store.
  expect(admitted(minio)).toMatchObject({ "jaeger-query": [] });
  expect(objects(traced, "kubernetes_network_policy_v1", "base").map(({ spec }) => spec.policy_types)).toEqual([
    ["Ingress"],
  ]);
});

test("no page of a store is reachable from outside", () => {
  for (const environment of stacks.keys()) {
    expect(objects(environment, "kubernetes_ingress_v1")).toEqual([]);
    expect(objects(environment, "kubernetes_service_v1").map(({ spec }) => spec.type)).not.toContain("LoadBalancer");
  }
});

test("Jaeger on a volume has one pod, and a changed configuration replaces it", () => {
  const { replicas, strategy, template } = deployment(traced, "jaeger");
  expect([replicas, strategy.type]).toEqual(["1", "Recreate"]);
  expect(template.metadata.annotations["configuration-hash"]).toMatch(/^[0-9a-f]{16}$/);
  expect(template.spec.container[0].image).toBe("docker.io/jaegertracing/jaeger:2.13.0");
  const [claim] = objects(traced, "kubernetes_persistent_volume_claim_v1");
  expect(claim.spec.resources.requests.storage).toBe("2Gi");
  const [{ data }] = objects(traced, "kubernetes_config_map_v1");
  expect(JSON.parse(data["config.yaml"]).extensions.jaeger_storage.backends.traces.badger.ttl).toEqual({
    spans: "48h",
  });
});

test("Jaeger on a server has several pods, which get the user and the certificate from Secrets", () => {
  const { replicas, template } = deployment(minio, "jaeger");
  const [{ env, volume_mount: mounts }] = template.spec.container;
  expect([replicas, objects(minio, "kubernetes_pod_disruption_budget_v1").length]).toEqual(["2", 1]);
  expect(env.map(({ name, value_from: from }: Json) => [name, from?.secret_key_ref.key])).toEqual([
    ["ES_USERNAME", "user"],
    ["ES_PASSWORD", "password"],
    ["GOMEMLIMIT", undefined],
  ]);
  expect(mounts).toContainEqual({ name: "certificates", mount_path: "/etc/certificates", read_only: true });
  const [{ data }] = objects(minio, "kubernetes_config_map_v1");
  const { opensearch } = JSON.parse(data["config.yaml"]).extensions.jaeger_storage.backends.traces;
  expect(opensearch).toMatchObject({
    server_urls: ["https://opensearch.shop.test:9200"],
    auth: { basic: { username: "${env:ES_USERNAME}", password: "${env:ES_PASSWORD}" } },
    tls: { ca_file: "/etc/certificates/ca.crt" },
    max_span_age: "336h",
    indices: { index_prefix: "shop", spans: { replicas: 1 } },
  });
});

test("Zipkin keeps traces in memory, or in the indices of its environment on a server", () => {
  const env = (environment: Environment) =>
    Object.fromEntries(
      deployment(environment, "zipkin").template.spec.container[0].env.map(({ name, value }: Json) => [name, value]),
    );
  expect(env(zipkin)).toMatchObject({ STORAGE_TYPE: "mem", MEM_MAX_SPANS: "100000" });
  expect(env(bare)).toMatchObject({
    STORAGE_TYPE: "elasticsearch",
    ES_HOSTS: "http://elasticsearch.shop.test:9200",
    ES_INDEX: "bare-zipkin",
    QUERY_LOOKBACK: "604800000",
  });
});

test("the collector has one pod, and only the ports and receivers that are used", () => {
  const values = collectorValues(traced);
  expect([values.replicaCount, values.rollout.strategy]).toEqual([1, "Recreate"]);
  const enabled = Object.entries<Json>(values.ports).filter(([, { enabled }]) => enabled);
  expect(enabled.map(([name, { containerPort }]) => [name, containerPort])).toEqual([
    ["metrics", 8888],
    ["otlp-http", 4318],
    ["span-metrics", 8889],
  ]);
  expect(Object.keys(values.alternateConfig.receivers)).toEqual(["otlp"]);
  expect(values.alternateConfig.exporters.otlp_grpc.endpoint).toBe("jaeger.tracing.svc:4317");
});

test("the credentials of an existing store reach the collector as variables from a Secret", () => {
  const { alternateConfig, extraEnvs, extraVolumes } = collectorValues(existing);
  expect(alternateConfig.exporters.otlp_http).toMatchObject({
    endpoint: "https://otlp.shop.test:4318/otlp",
    headers: { Authorization: "${env:HEADER_1}", "X-Scope-OrgID": "${env:HEADER_2}" },
    tls: { ca_file: "/etc/certificates/ca.crt", insecure: false },
  });
  expect(extraEnvs.map(({ name, valueFrom }: Json) => [name, valueFrom.secretKeyRef])).toEqual([
    ["HEADER_1", { name: "otlp", key: "authorization" }],
    ["HEADER_2", { name: "otlp", key: "tenant" }],
  ]);
  expect(extraVolumes).toEqual([
    { name: "certificates", secret: { secretName: "otlp", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  ]);
  expect(requiredSecrets(existing)).toContainEqual({
    namespace: "tracing",
    name: "otlp",
    keys: ["authorization", "tenant", "ca.crt"],
    purpose: "the store of traces",
  });
});

test("a chart that expands templates in a configuration gets text that stays unchanged", () => {
  expect(withoutTemplates({ a: ["{{ .Values }}", 1], b: "plain" })).toEqual({
    a: ["{{ `{{` }} .Values }}", 1],
    b: "plain",
  });
});
