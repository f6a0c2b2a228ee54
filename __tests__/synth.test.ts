import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { readFiles } from "../commands/cdktn/synth-differences";
import { releases } from "../commands/charts/chart-releases";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { portFaults } from "../constructs/port-references";
import { json } from "../constructs/sorted-json";
import { stackContents } from "../constructs/stack-contents";
import { synthesize } from "../main";
import { nodeExporterJob } from "../metrics/nodes/node-metrics";
import { postgresqlJob } from "../metrics/postgresql/postgresql-metrics";
import { erpVariables, exporterVariables } from "../settings/own-variables";
import type { WorkloadPod } from "../settings/pod";
import { describedPods } from "../settings/rules/pods";
import { contributions, exportersOf } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { local } from "./fixtures/local";
import { podOfApi, podOfErp, podOfExporter } from "./fixtures/pod-settings";
import { production } from "./fixtures/production";
import { applyWithTerraform } from "./run-terraform";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, read like the manifest that results from it
type Json = any;

const canary = "CANARY-9f0c2b";
/** Variables that the settings of the fixtures add. */
const addedByFixtures = [podOfErp, podOfApi, podOfExporter].flatMap(({ env = {}, sidecars = [] }: WorkloadPod) =>
  [env, ...sidecars.map((one) => one.env ?? {})].flatMap((one) => Object.keys(one)),
);
let first: string;
let second: string;
let stacks: Record<string, Json>;

beforeAll(() => {
  process.env.TF_VAR_sentry_dsn = `https://${canary}@sentry.example.com/1`;
  process.env.SENTRY_DSN = process.env.TF_VAR_sentry_dsn;
  [first, second] = [synthesized(), synthesized()];
  const names = readdirSync(join(first, "stacks"));
  stacks = Object.fromEntries(
    names.map((name) => [name, JSON.parse(readFileSync(join(first, "stacks", name, "cdk.tf.json"), "utf8"))]),
  );
});

afterAll(() => [first, second].map((directory) => rmSync(directory, { recursive: true })));

describe("the output", () => {
  test("is identical, byte by byte, in two directories", () => {
    expect(contents(second)).toEqual(contents(first));
  });

  test("contains no path of the machine and no value of its environment variables", () => {
    const text = Object.values(contents(first)).join("\n");
    const foreign = [process.cwd(), homedir(), first, canary];
    expect(foreign.filter((word) => text.includes(word))).toEqual([]);
  });

  test("contains signals.json with exactly the fields that its page documents", () => {
    const content = JSON.parse(readFileSync(join(first, "signals.json"), "utf8"));
    const page = readFileSync(join(__dirname, "..", "docs", "signals-json.md"), "utf8");
    const documented = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) => cell.match(/\w+/g));
    const environmentFields = Object.values<Json>(content.environments);
    const alerts = environmentFields.flatMap((one) => one.alerts);
    const levels: Json[] = [
      content,
      ...environmentFields,
      ...alerts,
      ...alerts.flatMap(({ scenarios }) => scenarios),
      ...environmentFields.map(({ notifications }) => notifications),
      ...environmentFields.flatMap(({ dashboards }) => dashboards),
    ];
    expect([...new Set(levels.flatMap(Object.keys))].sort()).toEqual([...new Set(documented)].sort());
  });

  test("contains each alert with its scenarios, and the routes of notifications", () => {
    const { version, environments: found } = JSON.parse(readFileSync(join(first, "signals.json"), "utf8"));
    expect([version, Object.keys(found)]).toEqual([1, everyChoice.map(({ name }) => name).sort()]);
    const { alerts, notifications, keep, secrets, dashboards } = found.production;
    expect(alerts.find(({ title }: Json) => title === "RedisDown")).toMatchObject({
      group: "erp-availability",
      severity: "critical",
      limit: { value: 1, unit: "count" },
      comparison: "<",
      for: "30s",
      labels: { team: "erp", environment: "production" },
      scenarios: expect.arrayContaining([expect.objectContaining({ outcome: "fires", by: "30s" })]),
    });
    expect(notifications.receivers).toEqual({
      chat: ["slack"],
      heartbeat: ["webhook"],
      nobody: [],
      pager: ["pagerduty"],
    });
    expect(keep).toMatchObject({ "erp-api": "all", "kubelet-probes": ["prober_probe_total"] });
    expect(secrets).toContainEqual({ namespace: "erp", name: "erp-redis", keys: ["url"] });
    expect(dashboards.map(({ uid }: Json) => uid)).toContain("erp-redis");
    expect(found.local.alerts.map(({ name }: Json) => name)).not.toContain("ElasticsearchDown");
  });

  test("has three stacks for each environment, each of which depends on the previous one, and one for each project in Sentry", () => {
    const manifest = JSON.parse(readFileSync(join(first, "manifest.json"), "utf8"));
    const inSentry = Object.keys(manifest.stacks).filter((name) => name.startsWith("sentry-"));
    expect(inSentry).toEqual(["sentry-azure", "sentry-bare"]);
    expect(Object.keys(manifest.stacks)).toHaveLength(3 * everyChoice.length + inSentry.length);
    expect(manifest.stacks["production-monitoring"].dependencies).toEqual(["production-base"]);
    expect(manifest.stacks["production-erp"].dependencies).toEqual(["production-monitoring"]);
  });

  test("has a separate state for each stack", () => {
    const places = Object.values(stacks).map(({ terraform }) => JSON.stringify(terraform.backend));
    expect(new Set(places).size).toBe(places.length);
    expect(stacks["production-erp"].terraform.backend.s3.key).toBe("erp-observability/production/erp.tfstate");
    expect(stacks["local-erp"].terraform.backend.local.path).toBe("../../../state/local-erp.tfstate");
  });

  test("requires a version of Terraform with write-only arguments", () => {
    for (const { terraform } of Object.values(stacks)) expect(terraform.required_version).toBe(">= 1.11.0");
  });
});

test.each(everyChoice)("the ERP's targets that the rules of $name rely on are scraped there", (environment) => {
  const asked = contributions(environment).catalogue.jobs.filter(({ team }) => team === "erp");
  const monitors = customResources(`${environment.name}-erp`).map(({ metadata }) => metadata.name);
  expect(asked.map(({ name }) => name).filter((name) => !monitors.includes(name))).toEqual([]);
});

test.each(everyChoice)(
  "each rule group of $name is an object of its own, because the operator refuses an object as a whole",
  ({ name }) => {
    const rules = [...customResources(`${name}-erp`), ...customResources(`${name}-monitoring`)].filter(
      ({ kind }) => kind === "PrometheusRule",
    );
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.map(({ spec }) => spec.groups.map((group: Json) => group.name))).toEqual(
      rules.map(({ metadata }) => [metadata.name]),
    );
  },
);

describe("a name of a port that leads to no container is a fault of", () => {
  const rename = (value: unknown, key: string, from: string, to: string): unknown =>
    JSON.parse(JSON.stringify(value, (name, held) => (name === key && held === from ? to : held)));
  const erp = () => structuredClone(stacks["production-erp"]);
  const faultsOf = (stack: Json) =>
    portFaults(stackContents(stack)).map(({ place, rule, value }) => `${place}: ${rule}, got ${value}`);

  test("nothing in the real stack", () => expect(faultsOf(erp())).toEqual([]));

  test("a ServiceMonitor", () => {
    const stack = erp();
    const [release] = Object.values<Json>(stack.resource.helm_release);
    const values = JSON.parse(release.values[0]);
    values.resources["ServiceMonitor/erp-worker"].spec.endpoints[0].port = "metrcs";
    release.values[0] = JSON.stringify(values);
    expect(faultsOf(stack)).toEqual(["ServiceMonitor erp-worker: port: must name a port of its Service, got metrcs"]);
  });

  test("a Service", () => {
    const stack = erp();
    stack.resource.kubernetes_service_v1 = rename(stack.resource.kubernetes_service_v1, "target_port", "http", "web");
    expect(faultsOf(stack)).toEqual([
      "Service erp-api: port: must name a port of a container that the Service selects, got web",
    ]);
  });

  test("an Ingress", () => {
    const stack = erp();
    stack.resource.kubernetes_ingress_v1 = rename(stack.resource.kubernetes_ingress_v1, "name", "http", "web");
    expect(faultsOf(stack)).toEqual(["Ingress erp-api: port: must name a port of the Service erp-api, got web"]);
  });

  test.each(["http://erp-api.erp.svc:8001/healthz/ready", "http://erp-apis.erp.svc:8000/healthz/ready"])(
    "a Probe of %s",
    (address) => {
      const stack = erp();
      const [release] = Object.values<Json>(stack.resource.helm_release);
      const values = JSON.parse(release.values[0]);
      values.resources["Probe/erp-probe"].spec.targets.staticConfig.static = [address];
      release.values[0] = JSON.stringify(values);
      expect(faultsOf(stack)).toEqual([`Probe erp-probe: targets: must lead to a port of a Service, got ${address}`]);
    },
  );

  test("the probes of a container, once", () => {
    const stack = erp();
    const deployments = stack.resource.kubernetes_deployment_v1;
    stack.resource.kubernetes_deployment_v1 = rename(deployments, "port", "http", "web");
    expect(faultsOf(stack)).toEqual(["Deployment erp-api: probes: port: must name a port of the container, got web"]);
  });
});

test("a release that Helm could not store is refused before anything is written", () => {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  // Without digits: cdktf looks for its tokens in each number such as `1e5`, which takes it half a minute here.
  const note = randomBytes(1_100_000)
    .toString("base64")
    .replace(/[^a-z]/gi, "");
  const prometheus = { ...production.prometheus, externalLabels: { note } };
  expect(() => synthesize([{ ...production, prometheus }], outdir)).toThrow(
    /^1 fault; nothing was written:\n- release kube-prometheus-stack: must have a Secret of Helm of at most 1,048,576 /,
  );
  expect(readdirSync(join(outdir, "stacks"))).toEqual([]);
  rmSync(outdir, { recursive: true });
});

describe("every chart release", () => {
  test("is atomic, exactly pinned, with a bounded history, and without set, set_sensitive or set_wo", () => {
    for (const release of all("helm_release")) {
      expect(release).toMatchObject({ atomic: true, cleanup_on_fail: true, max_history: 5 });
      expect(release.version ?? release.chart).toMatch(/^(\d+\.\d+\.\d+|\.\/assets\/.+)$/);
      expect(Object.keys(release).filter((key) => key.startsWith("set"))).toEqual([]);
    }
  });

  test("creates the custom resources, because another resource would need their definitions for its plan", () => {
    expect(all("kubernetes_manifest")).toEqual([]);
    expect(customResources("production-monitoring").length).toBeGreaterThan(0);
  });

  test("has values that Helm can parse, with sorted keys", () => {
    for (const { values } of all("helm_release")) {
      const [text] = values;
      expect(json(JSON.parse(unescapeTerraform(text)))).toBe(unescapeTerraform(text));
    }
  });
});

describe("an existing node-exporter", () => {
  test("is scraped, and ours is not installed", () => {
    const directory = mkdtempSync(join(tmpdir(), "existing-"));
    synthesize([{ ...local, cluster: { ...local.cluster, nodeExporter: "existing" } }], directory);
    const stack = JSON.parse(readFileSync(join(directory, "stacks/local-monitoring/cdk.tf.json"), "utf8"));
    const values = JSON.parse(stack.resource.helm_release["kube-prometheus-stack"].values[0]);
    rmSync(directory, { recursive: true });
    expect(values.nodeExporter).toEqual({ enabled: false });
    expect(values.prometheus.prometheusSpec.additionalScrapeConfigs).toMatchObject([
      { job_name: nodeExporterJob.name, kubernetes_sd_configs: [{ role: "node" }] },
    ]);
  });
});

test("an object store other than Amazon's is used with path-style URLs", () => {
  const bucket = { bucket: "logs", region: "eu", walSize: "10Gi", serviceAccountAnnotations: {} };
  const storage = { type: "s3" as const, endpoint: "https://minio.example.com", ...bucket };
  const [loki] = releases(synthesizedStacks([{ ...production, loki: { ...production.loki, storage } }]))
    .filter(({ name }) => name === "loki")
    .map(({ values }) => values.loki as Json);
  // https://min.io/docs/minio/linux/reference/minio-server/settings/core.html#envvar.MINIO_DOMAIN
  expect(loki.storage.s3).toMatchObject({ endpoint: "https://minio.example.com", s3ForcePathStyle: true });
});

test("a remote write has its URL, and its credentials are keys of a Secret", () => {
  const url = "https://mimir.example.com/api/v1/push";
  const basicAuth = { username: { name: "mimir", key: "user" }, password: { name: "mimir", key: "password" } };
  const prometheus = { ...production.prometheus, remoteWrite: [{ url, basicAuth }] };
  const [stack] = releases(synthesizedStacks([{ ...production, prometheus }]))
    .filter(({ name }) => name === "kube-prometheus-stack")
    .map(({ values }) => values.prometheus as Json);
  // https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.RemoteWriteSpec
  expect(stack.prometheusSpec.additionalRemoteWrite).toEqual([{ name: url, url, basicAuth }]);
});

describe("every pod of the product", () => {
  test("has requests, a memory limit, a read-only root file system and no root privileges", () => {
    for (const { container, security_context } of podSpecs()) {
      expect(security_context).toMatchObject({ run_as_non_root: true, seccomp_profile: { type: "RuntimeDefault" } });
      for (const { name, resources, security_context: own } of container) {
        expect(resources).toMatchObject({ requests: { cpu: expect.any(String), memory: expect.any(String) } });
        expect(resources.limits.memory).toEqual(expect.any(String));
        expect(own).toMatchObject({
          run_as_non_root: true,
          // The settings of the fixtures let one sidecar write.
          read_only_root_filesystem: name !== "proxy",
          allow_privilege_escalation: false,
        });
        expect(own.capabilities).toEqual({ drop: ["ALL"] });
      }
    }
  });

  test("has no token of the Kubernetes API", () => {
    for (const spec of podSpecs()) expect(spec.automount_service_account_token).toBe(false);
    for (const account of all("kubernetes_service_account_v1"))
      expect(account.automount_service_account_token).toBe(false);
  });

  test("is not waited for inside Terraform, where a failed wait damages the state", () => {
    for (const deployment of all("kubernetes_deployment_v1")) expect(deployment.wait_for_rollout).toBe(false);
    for (const job of all("kubernetes_job_v1")) expect(job.wait_for_completion).toBe(false);
  });

  test("runs a pinned image", () => {
    for (const { container } of podSpecs())
      for (const { image } of container) expect(image).toMatch(/(:(?!latest$)[\w.-]+|@sha256:[a-f0-9]{64})$/);
  });
});

describe("the ERP's API", () => {
  const api = (stack: string) => resourceNamed(stack, "kubernetes_deployment_v1", "erp-api");

  test("always has ready pods during a rollout", () => {
    const { spec } = api("production-erp");
    expect(spec.strategy).toEqual({ type: "RollingUpdate", rolling_update: { max_unavailable: "0", max_surge: "1" } });
    expect(spec.template.spec.termination_grace_period_seconds).toBe(45);
    expect(spec.template.spec.container[0].lifecycle.pre_stop).toEqual([{ exec: { command: ["sleep", "10"] } }]);
  });

  test("has the liveness probe /healthz/live and the readiness probe /healthz/ready", () => {
    const [{ startup_probe, liveness_probe, readiness_probe }] = api("production-erp").spec.template.spec.container;
    expect(startup_probe.http_get).toEqual({ path: "/healthz/live", port: "http" });
    expect(liveness_probe.http_get).toEqual({ path: "/healthz/live", port: "http" });
    expect(readiness_probe.http_get).toEqual({ path: "/healthz/ready", port: "http" });
    // Longer than the two seconds within which the ERP answers, whatever hangs: erp/tests/test_hanging_dependencies.py.
    expect(Number(readiness_probe.timeout_seconds)).toBeGreaterThan(2);
  });

  test("trusts the proxies in the settings, and otherwise none", () => {
    const trusted = (stack: string) =>
      api(stack).spec.template.spec.container[0].env.find(({ name }: Json) => name === "FORWARDED_ALLOW_IPS");
    expect(trusted("production-erp").value).toBe("10.244.0.0/16");
    expect(trusted("local-erp").value).toBe("");
  });

  test("has no fixed number of replicas if there is an autoscaler", () => {
    expect(api("production-erp").spec.replicas).toBeUndefined();
    expect(resourceNamed("production-erp", "kubernetes_horizontal_pod_autoscaler_v2", "erp-api").spec).toMatchObject({
      min_replicas: 3,
      max_replicas: 12,
    });
    expect(api("local-erp").spec.replicas).toBe("2");
  });

  test("publishes only its configured paths, and never its metrics", () => {
    const { spec } = resourceNamed("production-erp", "kubernetes_ingress_v1", "erp-api");
    expect(spec.rule[0].http.path.map(({ path }: Json) => path)).toEqual(["/api", "/healthz/live"]);
  });

  test("is probed through its Service in every environment, and over https at each public host if it has any", () => {
    const probes = (stack: string) =>
      customResources(stack)
        .filter(({ kind }) => kind === "Probe")
        .map(({ spec }) => [spec.jobName, spec.module, spec.targets.staticConfig.static]);
    const within = ["erp-probe", "http_2xx", ["http://erp-api.erp.svc:8000/healthz/ready"]];
    expect(probes("local-erp")).toEqual([within]);
    expect(probes("production-erp")).toEqual([
      within,
      ["erp-public-probe", "https_2xx", ["https://erp.example.com/healthz/live"]],
    ]);
  });

  test("reads its Sentry DSN from a Secret, and a new revision replaces the pods", () => {
    const { metadata, spec } = api("production-erp").spec.template;
    expect(spec.container[0].env).toContainEqual({
      name: "SENTRY_DSN",
      value_from: { secret_key_ref: { name: "sentry-dsn", key: "dsn" } },
    });
    expect(metadata.annotations).toEqual({ "sentry-dsn-revision": "1" });
  });

  test("has no DSN if Sentry is off", () => {
    expect(JSON.stringify(stacks["local-erp"])).not.toContain("SENTRY_DSN");
  });
});

describe("the identity of users", () => {
  const podNamed = (stack: string, name: string) =>
    pods(stack).find(({ metadata }) => metadata.name === name).spec.template.spec;
  const variables = ({ env = [] }: Json) =>
    Object.fromEntries(
      env.filter(({ name }: Json) => /^(OIDC|TRAFFIC)_/.test(name)).map(({ name, value }: Json) => [name, value]),
    );
  /** Every container that gets a variable about identity, or a file of it, as `workload/container`. */
  const informed = (stack: string) =>
    pods(stack).flatMap(({ metadata, spec: { template } }) =>
      [...(template.spec.init_container ?? []), ...template.spec.container]
        .filter(
          (one) =>
            Object.keys(variables(one)).length > 0 ||
            (one.volume_mount ?? []).some(({ name }: Json) => name === "identity"),
        )
        .map(({ name }) => `${metadata.name}/${name}`),
    );

  test("is verified by the API alone, with keys that it fetches", () => {
    expect(informed("production-erp")).toEqual(["erp-api/erp-api"]);
    expect(variables(podNamed("production-erp", "erp-api").container[0])).toEqual({
      OIDC_ISSUER: "https://login.example.com",
      OIDC_AUDIENCE: "erp-production",
      OIDC_KEYS_URI: "https://login.example.com/keys",
    });
  });

  test("is verified with the public part of a Secret only, in a folder that follows its changes", () => {
    expect(informed("existing-erp")).toEqual(["erp-api/erp-api"]);
    const { container, volume } = podNamed("existing-erp", "erp-api");
    expect(variables(container[0])).toEqual({
      OIDC_ISSUER: "https://login.shop.test/realms/shop",
      OIDC_AUDIENCE: "https://erp.shop.test",
      OIDC_KEYS_FILE: "/etc/erp/identity/jwks.json",
    });
    expect(volume).toContainEqual({
      name: "identity",
      secret: { secret_name: "login", items: [{ key: "jwks", path: "jwks.json" }] },
    });
    // A file that is mounted with a subPath is never replaced.
    expect(container[0].volume_mount).toContainEqual({
      name: "identity",
      mount_path: "/etc/erp/identity",
      read_only: true,
    });
  });

  test("is signed by the traffic generator, which alone has the private key", () => {
    expect(informed("local-erp").sort()).toEqual(["erp-api/erp-api", "erp-traffic/erp-traffic"]);
    const { container, volume } = podNamed("local-erp", "erp-traffic");
    expect(variables(container[0])).toEqual({
      OIDC_ISSUER: "https://local.invalid",
      OIDC_AUDIENCE: "erp",
      TRAFFIC_SIGNING_KEY_FILE: "/etc/erp/identity/signing-key.pem",
    });
    const items = (pod: Json) => pod.volume.flatMap(({ secret }: Json) => secret?.items ?? []);
    expect(items({ volume })).toEqual([{ key: "signing-key.pem", path: "signing-key.pem" }]);
    expect(items(podNamed("local-erp", "erp-api"))).toEqual([{ key: "jwks.json", path: "jwks.json" }]);
  });

  test("is configured, like everything else, by the variables that the page about images lists", () => {
    const page = readFileSync(join(__dirname, "..", "docs", "own-image.md"), "utf8");
    const documented = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) =>
      cell.match(/\w+_\w+|ENVIRONMENT/g),
    );
    const programs = /^erp-/;
    const set = Object.keys(stacks)
      .filter((stack) => stack.endsWith("-erp"))
      .flatMap((stack) => pods(stack).filter(({ metadata }) => programs.test(metadata.name)))
      .flatMap(({ spec: { template } }) => [...(template.spec.init_container ?? []), ...template.spec.container])
      .flatMap(({ env = [] }) => env.map(({ name }: Json) => name))
      .filter((name: string) => !addedByFixtures.includes(name));
    expect([...new Set(documented)].sort()).toEqual([...new Set(set)].sort());
  });

  test("is not replaced: the settings refuse all variables that the stacks set, and name the setting", () => {
    const given = (stack: string, name: RegExp) =>
      pods(stack)
        .filter(({ metadata }) => name.test(metadata.name))
        .flatMap(({ spec: { template } }) => template.spec.container[0].env as Json[])
        .map(({ name }) => name)
        .filter((name) => !addedByFixtures.includes(name));
    const set = everyChoice.flatMap(({ name }) => given(`${name}-erp`, /^erp-(api|beat|migrate|worker)$/));
    expect([...new Set(set)].sort()).toEqual(Object.keys(erpVariables).sort());
    for (const [exporter, known] of Object.entries(exporterVariables))
      expect(given("azure-erp", new RegExp(`^${exporter}$`))).toEqual(Object.keys(known));
  });

  test("is left to an image that authenticates by itself", () => {
    expect(informed("bare-erp")).toEqual([]);
  });

  test("needs no rule for connections that pods open: no policy limits them", () => {
    const types = all("kubernetes_network_policy_v1").flatMap(({ spec }) => spec.policy_types);
    expect([...new Set(types)]).toEqual(["Ingress"]);
  });
});

test("the timeout of PostgreSQL's exporter for a hanging server is shorter than Prometheus' scrape timeout", () => {
  const exporter = resourceNamed("production-erp", "kubernetes_deployment_v1", "postgresql-exporter");
  const [{ args, env }] = exporter.spec.template.spec.container;
  const connecting = Number(env.find(({ name }: Json) => name === "PGCONNECT_TIMEOUT").value);
  const collecting = Number(args.join(" ").match(/--collection-timeout=(\d+)s/)[1]);
  expect(connecting + collecting).toBeLessThan(postgresqlJob.timeoutSeconds);
});

describe("secrets", () => {
  test("are written by a write-only argument with its revision, or not at all", () => {
    for (const secret of all("kubernetes_secret_v1")) {
      expect(Object.keys(secret)).not.toContain("data");
      expect(secret).toMatchObject({ data_wo: expect.anything(), data_wo_revision: 1 });
    }
  });

  test("come from a variable that no plan and no state contains", () => {
    expect(stacks["production-erp"].variable.sentry_dsn).toMatchObject({
      ephemeral: true,
      sensitive: true,
      nullable: false,
    });
  });

  test.each([
    ["a DSN", "https://0123abcd@o1.ingest.sentry.io/4501", true],
    ["a DSN of a self-hosted server, below a path", "https://key@sentry:9000/sentry/1", true],
    ["a DSN without TLS in production", "http://key@sentry:9000/sentry/1", false],
    ["an empty value", "", false],
    ["a URL without a key", "https://sentry.example.com/1", false],
    ["a DSN without a project", "https://0123abcd@sentry.example.com/", false],
  ])("Terraform accepts or refuses %s, and never prints it", (_what, dsn, taken) => {
    const { variable } = stacks["production-erp"];
    const { status, output } = applyWithTerraform({ variable }, { TF_VAR_sentry_dsn: dsn });
    expect(status === 0).toBe(taken);
    if (!taken) expect(output).toContain("TF_VAR_sentry_dsn must be a Sentry DSN");
    if (dsn) expect(output).not.toContain(dsn);
  });
});

describe("namespaces", () => {
  test("deny all traffic by default, and have the strictest Pod Security level that their pods allow", () => {
    const levels = Object.fromEntries(
      Object.values<Json>(stacks["production-base"].resource.kubernetes_namespace_v1).map(({ metadata }) => [
        metadata.name,
        metadata.labels["pod-security.kubernetes.io/enforce"],
      ]),
    );
    expect(levels).toEqual({
      monitoring: "restricted",
      grafana: "restricted",
      logging: "restricted",
      "node-agents": "privileged",
      erp: "restricted",
    });
    const closed = Object.values<Json>(stacks["production-base"].resource.kubernetes_network_policy_v1);
    expect(closed.map(({ spec }) => spec)).toEqual(Array(5).fill({ pod_selector: {}, policy_types: ["Ingress"] }));
  });

  test("and the custom resource definitions survive a destroy, except on a laptop", () => {
    const guarded = (stack: string) =>
      ["kubernetes_namespace_v1", "helm_release"].flatMap((type) =>
        Object.values<Json>(stacks[stack].resource[type]).map(({ lifecycle }) => lifecycle?.prevent_destroy ?? false),
      );
    expect(guarded("production-base")).toEqual(Array(6).fill(true));
    expect(guarded("local-base")).toEqual(Array(6).fill(false));
  });
});

describe("agents on the nodes", () => {
  test("run on all Linux nodes with a kubelet, regardless of taints", () => {
    const agents = [
      releaseValues("production-monitoring", "promtail"),
      releaseValues("existing-monitoring", "alloy").controller,
      releaseValues("production-monitoring", "kube-prometheus-stack")["prometheus-node-exporter"],
    ];
    for (const { nodeSelector, tolerations, affinity } of agents) {
      expect(nodeSelector).toEqual({ "kubernetes.io/os": "linux" });
      expect(tolerations).toEqual([{ operator: "Exists" }]);
      const [term] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
      expect(term.matchExpressions.map(({ values }: Json) => values)).toEqual([["fargate"], ["virtual-kubelet"]]);
    }
  });
});

describe("the settings of pods", () => {
  test("reach every pod of ours: the exporters have those of the monitoring, all others those of the ERP", () => {
    const found = pods("azure-erp").map(({ metadata: { name }, spec: { template } }) => {
      const { image_pull_secrets: secrets, node_selector: selector } = template.spec;
      return `${name}: ${secrets[0].name}, ${selector["shop.test/pool"]}`;
    });
    const expected = [
      "erp-api: registry-credentials, web",
      ...["erp-beat", "erp-migrate", "erp-worker"].map((name) => `${name}: registry-credentials, apps`),
      ...["celery", "elasticsearch", "postgresql", "redis"].map(
        (name) => `${name}-exporter: registry-credentials, infra`,
      ),
    ];
    expect(found.sort()).toEqual(expected.sort());
    const worker = pods("azure-erp").find(({ metadata }) => metadata.name === "erp-worker");
    expect(worker.spec.template.spec.toleration).toEqual([
      { key: "shop.test/dedicated", operator: "Exists", effect: "NoSchedule" },
    ]);
  });

  test("of one program replace those of all programs, and its further parts are added to ours", () => {
    const api = pods("azure-erp").find(({ metadata }) => metadata.name === "erp-api");
    const { metadata, spec } = api.spec.template;
    expect(spec.node_selector).toEqual({ "shop.test/pool": "web" });
    expect(metadata.labels).toEqual({
      "app.kubernetes.io/name": "erp-api",
      "app.kubernetes.io/part-of": "erp",
      "shop.test/cost-centre": "4711",
    });
    // Labels of the settings may change, and a selector may not.
    expect(api.spec.selector.match_labels).toEqual({ "app.kubernetes.io/name": "erp-api" });
    expect(Object.keys(metadata.annotations)).toEqual(["sentry-dsn-revision", "shop.test/contact"]);
    expect(spec.container.map(({ name }: Json) => name)).toEqual(["erp-api", "proxy", "reloader"]);
    expect(spec.init_container.map(({ name }: Json) => name)).toEqual(["fill-cache", "await-migrations"]);
    expect(spec.volume.map(({ name }: Json) => name)).toEqual([
      ...["tmp", "certificates", "templates", "vault", "cache", "shared"],
    ]);
    const { "erp-api": account } = Object.fromEntries(
      Object.values<Json>(stacks["azure-erp"].resource.kubernetes_service_account_v1).map((one) => [
        one.metadata.name,
        one.metadata,
      ]),
    );
    expect(account.labels["azure.workload.identity/use"]).toBe("true");
    expect(Object.keys(account.annotations)).toEqual(["azure.workload.identity/client-id"]);
  });

  test("of all programs reach the migration and the containers that wait for it, which have no sidecar", () => {
    const [migration, worker] = ["erp-migrate", "erp-worker"].map(
      (name) => pods("azure-erp").find(({ metadata }) => metadata.name === name).spec.template.spec,
    );
    expect(migration.container).toHaveLength(1);
    for (const { env, env_from: from, volume_mount: mounts } of [migration.container[0], worker.init_container[0]]) {
      const values = Object.fromEntries(env.map(({ name, value, value_from }: Json) => [name, value ?? value_from]));
      // Kubernetes expands the text of a team, and must not expand ours.
      expect(unescapeTerraform(values.SELF)).toBe("http://$(POD_IP):8000/$$(not-a-variable)");
      expect(values.POD_IP).toEqual({ field_ref: { field_path: "status.podIP" } });
      expect(values.SMTP_PASSWORD).toEqual({ secret_key_ref: { name: "shop-smtp", key: "password" } });
      expect(from.map(({ prefix }: Json) => prefix)).toEqual([undefined, "SHOP_"]);
      expect(mounts.map(({ mount_path }: Json) => mount_path)).toContain("/etc/shop/certificates");
    }
  });

  test("give a sidecar its own user, and no privileges", () => {
    const api = pods("azure-erp").find(({ metadata }) => metadata.name === "erp-api");
    const [, proxy, reloader] = api.spec.template.spec.container;
    expect(proxy.security_context).toEqual({
      run_as_non_root: true,
      run_as_user: "1000",
      allow_privilege_escalation: false,
      read_only_root_filesystem: false,
      capabilities: { drop: ["ALL"] },
    });
    expect(reloader.security_context.read_only_root_filesystem).toBe(true);
  });

  test("know the ports of our exporters, which a sidecar cannot use", () => {
    const known = describedPods.flatMap(({ containers: [name = ""], ports }) =>
      "metrics" in ports ? [[name, ports.metrics]] : [],
    );
    const exporters = exportersOf(everyChoice.find(({ name }) => name === "azure") ?? local);
    expect(Object.fromEntries(known)).toMatchObject(
      Object.fromEntries(exporters.map(({ job, port }) => [job.name, port])),
    );
    expect(known).toHaveLength(exporters.length + 1);
  });

  test("keep the agents on Linux nodes, and the replicas of Prometheus and Loki apart", () => {
    const { nodeSelector, tolerations, affinity } = releaseValues("azure-monitoring", "promtail");
    expect(nodeSelector).toEqual({ "kubernetes.io/os": "linux", "shop.test/managed": "true" });
    expect(tolerations).toEqual([{ operator: "Exists" }]);
    expect(Object.keys(affinity.nodeAffinity)).toHaveLength(2);
    const stack = releaseValues("azure-monitoring", "kube-prometheus-stack");
    const replicas = [
      stack.prometheus.prometheusSpec,
      stack.alertmanager.alertmanagerSpec,
      releaseValues("azure-monitoring", "loki").singleBinary,
    ];
    for (const { affinity } of replicas) {
      const terms = affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      expect(terms.map(({ topologyKey }: Json) => topologyKey)).toEqual(Array(2).fill("kubernetes.io/hostname"));
    }
  });
});

describe("Grafana", () => {
  test("is never called by its sidecar, which would need the password of the administrator", () => {
    expect(releaseValues("production-monitoring", "grafana").sidecar.dashboards.skipReload).toBe(true);
  });

  test("keeps nothing on a volume, for which a new pod would wait until the old one has ended", () => {
    expect(releaseValues("production-monitoring", "grafana").persistence).toEqual({ enabled: false });
  });

  test("does not replace its own plugins when it starts", () => {
    const { plugins } = releaseValues("production-monitoring", "grafana")["grafana.ini"];
    expect(plugins).toMatchObject({ preinstall_auto_update: false, preinstall_disabled: true });
  });

  test("gets its cookies when the page of an OIDC provider leads back to it", () => {
    const { security } = releaseValues("production-monitoring", "grafana")["grafana.ini"];
    expect(security.cookie_samesite).toBe("lax");
  });
});

describe("input with faults", () => {
  test("with a latency objective between two buckets has a fault with the nearest bound", () => {
    const { slos } = production.erp;
    const latency = { ...slos.latency, threshold: 0.6 };
    const wrong = { ...production, erp: { ...production.erp, slos: { ...slos, latency } } };
    expect(() => synthesize([wrong], first)).toThrow(
      "config/production.ts: erp.slos.latency.threshold: must be a bucket bound of starlette-prometheus, in seconds: " +
        "0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, got 0.6\n    use 0.5, which is the nearest",
    );
  });

  test("writes nothing, and does not change existing output", () => {
    const before = contents(first);
    const wrong = { ...production, prometheus: { ...production.prometheus, replicas: 0 } };
    expect(() => synthesize([local, wrong], first)).toThrow("config/production.ts: prometheus.replicas");
    expect(contents(first)).toEqual(before);
  });
});

function synthesized(): string {
  const outdir = join(mkdtempSync(join(tmpdir(), "synth-")), "cdktf.out");
  mkdirSync(outdir);
  synthesize(everyChoice, outdir);
  return outdir;
}

function contents(directory: string): Record<string, string> {
  return Object.fromEntries(readFiles(directory));
}

function all(type: string): Json[] {
  return Object.values(stacks).flatMap(({ resource }) => Object.values(resource[type] ?? {}));
}

function resourceNamed(stack: string, type: string, name: string): Json {
  return Object.values<Json>(stacks[stack].resource[type]).find(({ metadata }) => metadata.name === name);
}

function customResources(stack: string): Json[] {
  const releases = Object.values<Json>(stacks[stack].resource.helm_release);
  return releases.flatMap(({ values }) => Object.values(JSON.parse(unescapeTerraform(values[0])).resources ?? {}));
}

function releaseValues(stack: string, name: string): Json {
  return JSON.parse(unescapeTerraform(stacks[stack].resource.helm_release[name].values[0]));
}

/** The Deployments and Jobs of a stack. */
function pods(stack: string): Json[] {
  const { kubernetes_deployment_v1: deployments, kubernetes_job_v1: jobs } = stacks[stack].resource;
  return [...Object.values<Json>(deployments), ...Object.values<Json>(jobs)];
}

function podSpecs(): Json[] {
  return ["kubernetes_deployment_v1", "kubernetes_job_v1"].flatMap(all).map(({ spec }) => spec.template.spec);
}

function unescapeTerraform(text: string): string {
  return text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}
