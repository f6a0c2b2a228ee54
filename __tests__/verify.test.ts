import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import { whileRunning } from "../commands/evidence/while-running";
import { freePort } from "../commands/free-port";
import { request } from "../commands/request";
import type { CheckedSecret } from "../commands/secrets/check-secrets";
import { signingKeys } from "../commands/secrets/signing-keys";
import { synthesis } from "../commands/synthesized-stacks";
import { blockedPorts, type RunningPod } from "../commands/verify/blocked-ports";
import type { Check, Findings } from "../commands/verify/check";
import { checkGroups } from "../commands/verify/checks";
import { configurationDifferences } from "../commands/verify/checks/alertmanager-configuration";
import { judgeHeartbeats } from "../commands/verify/checks/heartbeat";
import { failuresOf as objectFailures } from "../commands/verify/checks/objects";
import { policyFailures } from "../commands/verify/checks/policies";
import { readRevision, failuresOf as releaseFailures } from "../commands/verify/checks/releases";
import { lineFailures } from "../commands/verify/checks/request-log";
import { failuresOf as restartFailures } from "../commands/verify/checks/restarts";
import { sendEvent } from "../commands/verify/checks/sentry-event";
import { dashboardFailures } from "../commands/verify/checks/shown-dashboards";
import { type Target, failuresOf as targetFailures } from "../commands/verify/checks/targets";
import { deliveriesIn } from "../commands/verify/checks/test-notifications";
import type { Deployment } from "../commands/verify/deployment";
import { erpToken } from "../commands/verify/erp-token";
import { expectedObjects } from "../commands/verify/expected-objects";
import { type LoadedGroup, ruleFailures } from "../commands/verify/loaded-rules";
import { obstacleOf } from "../commands/verify/obstacle";
import { exitCode, jsonReport, resultLines, summary } from "../commands/verify/report";
import { rolesText } from "../commands/verify/roles";
import { type Result, runChecks } from "../commands/verify/run-checks";
import { routePaths } from "../commands/verify/test-alerts";
import { signals } from "../signals";
import { jobsOf } from "../subjects/listings";
import { clientPods, listeners, ports } from "./cluster/network-connections";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

const everyCheck = { readOnly: false, withoutSecrets: false, with: [] } as const;

function check(id: string, given: Partial<Check> = {}): Check {
  return { id, title: `${id} is well`, permissions: [], run: async () => ({ failures: [] }), ...given };
}

const failure = { where: "pod erp/a", expected: "no restart", found: "3 restarts", runbook: "PodCrashLooping" };

async function results(
  checks: readonly Check[],
  choice: Parameters<typeof runChecks>[2] = everyCheck,
): Promise<readonly Result[]> {
  return runChecks([{ name: "Group", checks }], { environment: local } as unknown as Deployment, choice, () => {});
}

describe("a run", () => {
  const failing = check("failing", { run: async () => ({ failures: [failure] }) });
  const throwing = check("throwing", { run: () => Promise.reject(new Error("Unauthorized")) });

  test.each([
    ["0 if every check passed", [check("one")], 0],
    ["1 if a check failed", [failing, throwing], 1],
    ["2 if none failed and one could not be run", [check("one"), throwing], 2],
  ])("exits with %s", async (_, checks, code) => {
    expect(exitCode(await results(checks))).toBe(code);
  });

  test("reports in the order of the list, although checks that create something run last", async () => {
    const order: string[] = [];
    const ran = (id: string, given: Partial<Check> = {}) =>
      check(id, { ...given, run: async () => ({ failures: order.push(id) ? [] : [] }) });
    const reported: string[] = [];
    const checks = [ran("creates", { creates: "a pod" }), ran("reads"), ran("reads-too")];
    await runChecks(
      [{ name: "Group", checks }],
      { environment: local } as unknown as Deployment,
      everyCheck,
      (result) => reported.push(result.check.id),
    );
    expect(order).toEqual(["reads", "reads-too", "creates"]);
    expect(reported).toEqual(["creates", "reads", "reads-too"]);
  });

  test("with --read-only skips the checks that create something, and names what they would create", async () => {
    const [result] = await results([check("one", { creates: "a pod" })], { ...everyCheck, readOnly: true });
    expect(result && resultLines(result)).toEqual([
      expect.stringMatching(/^ {2}skipped .* one is well: --read-only: it creates a pod$/),
    ]);
  });

  test("prints what was expected, what was found, and the runbook", async () => {
    const [result] = await results([failing]);
    expect(result && resultLines(result).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^FAILED .* failing is well$/),
      "pod erp/a",
      "expected  no restart",
      "found     3 restarts",
      "runbook   docs/runbooks/PodCrashLooping.md",
    ]);
  });

  test("ends with the numbers of each outcome", async () => {
    expect(summary(await results([check("one"), failing, throwing]), 12.4)).toBe(
      "3 checks in 12 s: 1 passed, 1 failed, 1 not run",
    );
  });

  test("is printed as JSON with the version of the format", async () => {
    const report = JSON.parse(jsonReport("local", "laptop", await results([failing]), 1));
    expect(report).toMatchObject({ version: 1, environment: "local", context: "laptop", exitCode: 1 });
    expect(report.groups[0].checks[0]).toMatchObject({ id: "failing", status: "failed", failures: [failure] });
  });
});

describe("an obstacle is recognised as", () => {
  /** Messages of kubectl 1.33, and answers of its API server. */
  test.each([
    [
      "an expired token",
      "error: You must be logged in to the server (Unauthorized)",
      /does not accept the credentials/,
    ],
    [
      "a missing permission",
      'Error from server (Forbidden): nodes is forbidden: User "somebody" cannot list resource "nodes" in API group "" at the cluster scope',
      /lacks a permission: list resource "nodes" in API group "" at the cluster scope$/,
    ],
    [
      "a missing permission for a proxy",
      'Prometheus answered 403: services "x:9090" is forbidden: User "somebody" cannot get resource "services/proxy" in API group "" in the namespace "default"',
      /lacks a permission: get resource "services\/proxy" in API group "" in the namespace "default"$/,
    ],
    [
      "a cluster that does not answer",
      "The connection to the server 127.0.0.1:6444 was refused - did you specify the right host or port?",
      /^the API server did not answer/,
    ],
    [
      "a server whose certificate is not accepted",
      "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
      /^the certificate of the API server is not accepted: .*unknown authority$/,
    ],
    [
      "a cut port-forward",
      "kubectl port-forward to erp/erp-api ended: error: lost connection to pod",
      /^kubectl port-forward to erp/,
    ],
    [
      "a server that hangs",
      "Prometheus did not answer within 15 s: it accepts connections and hangs",
      /^Prometheus did not answer/,
    ],
  ])("%s", (_, message, reason) => {
    expect(obstacleOf(new Error(message), "npm run verify -- local").reason).toMatch(reason);
  });
});

describe("a check", () => {
  const all = checkGroups.flatMap(({ checks }) => checks);

  test("has an id of its own, and a title without a full stop", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { title } of all) expect(title).not.toMatch(/\.$/);
  });
});

describe("the Roles", () => {
  const rulesOf = (choice: Parameters<typeof rolesText>[3]) =>
    parseAllDocuments(rolesText(checkGroups, production, signals(production), choice))
      .map((document) => document.toJS())
      .flatMap(({ rules = [], metadata }) => rules.map((rule: object) => ({ namespace: metadata.namespace, ...rule })));

  test("allow nothing but reading with --read-only, and connections to Grafana", () => {
    const rules = rulesOf({ ...everyCheck, readOnly: true });
    const reading = rules.filter(({ resources }) => !resources.includes("pods/portforward"));
    expect([...new Set(reading.flatMap(({ verbs }) => verbs))].sort()).toEqual(["get", "list"]);
    expect(rules.filter((rule) => !reading.includes(rule)).map(({ namespace }) => namespace)).toEqual(["grafana"]);
  });

  test("contain no Secret with --without-secrets", () => {
    const resources = rulesOf({ ...everyCheck, withoutSecrets: true }).flatMap((rule) => rule.resources);
    expect(resources).not.toContain("secrets");
    expect(rulesOf(everyCheck).flatMap((rule) => rule.resources)).toContain("secrets");
  });

  test("allow a Job only in the namespace of the ERP", () => {
    const creating = rulesOf(everyCheck).filter(
      (rule) => rule.resources.includes("jobs") && rule.verbs.includes("create"),
    );
    expect(creating.map(({ namespace }) => namespace)).toEqual(["erp"]);
  });
});

describe("a release", () => {
  const release = {
    stack: "local-monitoring",
    name: "loki",
    namespace: "logging",
    version: "18.11.0",
    values: { size: "2Gi" },
  };
  /** Encoded as Helm does: JSON, gzip, base64, and base64 again by Kubernetes. */
  const secret = (status: string, version: string, config: object) => {
    const json = JSON.stringify({ chart: { metadata: { version } }, config });
    const encoded = Buffer.from(gzipSync(json).toString("base64")).toString("base64");
    return { metadata: { labels: { name: "loki", status, version: "3" } }, data: { release: encoded } };
  };
  const found = (status: string, version = "18.11.0", config: object = { size: "2Gi" }) =>
    releaseFailures(release, readRevision(secret(status, version, config), "logging")).map((one) => [
      one.found,
      one.runbook,
    ]);

  test("is well with its chart and values", () => expect(found("deployed")).toEqual([]));

  test("that a killed deployment left behind is named as pending", () => {
    expect(found("pending-upgrade")).toEqual([
      [expect.stringMatching(/^revision 3 is pending-upgrade/), "pending-release"],
    ]);
  });

  test("of an older chart is named with its version", () => {
    expect(found("deployed", "18.10.0")).toEqual([["version 18.10.0 of the chart", "changed-object"]]);
  });

  test("with other values is named with the value", () => {
    expect(found("deployed", "18.11.0", { size: "3Gi" })).toEqual([["size: 3Gi", "changed-object"]]);
  });

  test("that does not exist is a deployment that did not finish", () => {
    expect(releaseFailures(release, undefined)[0]?.found).toMatch(
      /the deployment of the stack local-monitoring did not finish/,
    );
  });
});

const deployed = synthesis([local]);
const objects = expectedObjects(deployed.stacks);

describe("missing objects", () => {
  const ofErp = objects.filter(({ stack }) => stack === "local-erp");

  test("are named one by one", () => {
    const monitor = ofErp.filter(({ kind, metadata }) => kind === "ServiceMonitor" && metadata.name === "erp-api");
    expect(objectFailures("local-erp", ofErp, monitor).map(({ where }) => where)).toEqual([
      "ServiceMonitor erp/erp-api",
    ]);
  });

  test("are a half-finished deployment if there are many", () => {
    const failures = objectFailures("local-erp", ofErp, ofErp.slice(5));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ where: "stack local-erp", runbook: "interrupted-apply" });
  });
});

describe("a restart", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  const pod = (finishedAt: string, reason = "Error") => ({
    kind: "Pod" as const,
    metadata: { namespace: "erp", name: "erp-api-1" },
    status: {
      containerStatuses: [
        { name: "erp-api", restartCount: 2, lastState: { terminated: { exitCode: 137, reason, finishedAt } } },
      ],
    },
  });

  test("in the last hour is reported, with the runbook of its reason", () => {
    expect(restartFailures(pod("2026-11-30T11:50:00Z", "OOMKilled"), now)).toEqual([
      expect.objectContaining({ found: expect.stringContaining("10 minutes ago"), runbook: "ContainerOutOfMemory" }),
    ]);
    expect(restartFailures(pod("2026-11-30T11:50:00Z"), now)[0]?.runbook).toBe("PodCrashLooping");
  });

  test("of yesterday is no failure", () => expect(restartFailures(pod("2026-11-29T11:50:00Z"), now)).toEqual([]));
});

describe("scrape targets", () => {
  const job = (name: string) => jobsOf(local).find((one) => one.name === name) as ReturnType<typeof jobsOf>[number];
  const target = (labels: Target["labels"], given: Partial<Target> = {}): Target => ({
    labels,
    scrapePool: "serviceMonitor/erp/erp-api/0",
    scrapeUrl: "http://10.0.0.1:8000/metrics",
    health: "up",
    lastError: "",
    ...given,
  });
  const api = { job: "erp-api", endpoint: "http" };
  const two = { least: 2, most: 2 };

  test("are complete if as many are up as expected", () => {
    expect(targetFailures(job("erp-api"), [target(api), target(api), target({ job: "loki" })], two)).toEqual([]);
  });

  test("of a job without monitor are reported as missing", () => {
    expect(targetFailures(job("erp-api"), [], two)).toEqual([
      expect.objectContaining({
        found: expect.stringMatching(/^no target: its ServiceMonitor/),
        runbook: "ErpTargetsMissing",
      }),
    ]);
  });

  test("that hang are reported as hanging", () => {
    const lastError = 'Get "http://10.0.0.1:8000/metrics": context deadline exceeded';
    const [down] = targetFailures(job("erp-api"), [target(api), target(api, { health: "down", lastError })], two);
    expect(down).toMatchObject({ found: `it hangs: ${lastError}`, runbook: "ErpTargetsDown" });
  });

  test("of the kubelet are distinguished by their path", () => {
    const kubelet = (metrics_path: string) => target({ job: "kubelet", endpoint: "https-metrics", metrics_path });
    const both = [kubelet("/metrics"), kubelet("/metrics/cadvisor")];
    expect(targetFailures(job("cadvisor"), both, { least: 1, most: 1 })).toEqual([]);
    expect(targetFailures(job("kubelet-probes"), both, { least: 1, most: 1 })).toHaveLength(1);
  });
});

describe("loaded rules", () => {
  const alert = {
    alert: "Slow",
    expr: "rate(a[5m]) > 1",
    for: "10m",
    labels: { severity: "warning" },
    annotations: { summary: "It is slow." },
  };
  const group = { name: "ours", interval: "15s", rules: [alert] };
  const loaded = {
    name: "Slow",
    query: "rate(a[5m]) > 1",
    duration: 600,
    labels: alert.labels,
    annotations: alert.annotations,
    health: "ok",
  } as const;
  const groups = (...rules: LoadedGroup["rules"]): LoadedGroup[] => [{ name: "ours", interval: 15, rules }];
  const format = async (expression: string) => expression.replace(/\s+/g, "");
  const failures = (found: readonly LoadedGroup[]) => ruleFailures([group], found, "Prometheus", format);

  test("with our content are well", async () => expect(await failures(groups(loaded))).toEqual([]));

  test("of a deleted object are reported by their group", async () => {
    expect(await failures([])).toEqual([
      expect.objectContaining({ where: "rule group ours", runbook: "MonitoringConfigRejected" }),
    ]);
  });

  test("with another limit are reported with both", async () => {
    expect(await failures(groups({ ...loaded, query: "rate(a[5m]) > 2" }))).toEqual([
      expect.objectContaining({ expected: "expression: rate(a[5m])>1", found: "expression: rate(a[5m])>2" }),
    ]);
  });

  test("that cannot be evaluated are reported with the error", async () => {
    const lastError = "many-to-many matching not allowed";
    expect(await failures(groups({ ...loaded, health: "err", lastError }))).toEqual([
      expect.objectContaining({ found: lastError, runbook: "PrometheusRulesNotEvaluated" }),
    ]);
  });

  test("with our name in another group, or beside ours, are reported", async () => {
    const other = { name: "by-hand", interval: 15, rules: [{ ...loaded, query: "vector(1)" }] };
    const more = { ...loaded, name: "Fast" };
    expect((await failures([...groups(loaded, more), other])).map(({ where }) => where)).toEqual([
      "rule Slow of the group by-hand",
      "rule Fast of the group ours",
    ]);
  });
});

describe("network policies", () => {
  const expected = objects.filter(({ kind }) => kind === "NetworkPolicy");
  const existing = expected.map(({ kind, metadata, manifest }) => ({
    kind,
    metadata: metadata as { readonly name: string; readonly namespace: string },
    spec: manifest.spec,
  }));

  test("of the configuration are well", () => expect(policyFailures(expected, existing)).toEqual([]));

  test("that are missing or too many are named", () => {
    const extra = {
      kind: "NetworkPolicy",
      metadata: { name: "allow-all", namespace: "erp" },
      spec: { podSelector: {}, ingress: [{}] },
    };
    const found = [...existing.filter(({ metadata }) => metadata.name !== "loki"), extra];
    expect(policyFailures(expected, found).map(({ where }) => where)).toEqual([
      "NetworkPolicy logging/loki",
      "NetworkPolicy erp/allow-all",
    ]);
  });

  test("with another port are named with it", () => {
    const changed = existing.map((policy) =>
      policy.metadata.name === "loki"
        ? { ...policy, spec: JSON.parse(JSON.stringify(policy.spec).replaceAll("3100", "3101")) }
        : policy,
    );
    expect(policyFailures(expected, changed)).toEqual([
      expect.objectContaining({ where: "NetworkPolicy logging/loki", found: expect.stringContaining("3101") }),
    ]);
  });

  test("block for a pod without labels every port that the cluster tests list", () => {
    const pods: RunningPod[] = Object.entries(listeners).map(([name, { namespace, selector }]) => ({
      metadata: {
        name,
        namespace,
        labels: { ...Object.fromEntries([selector.split("=")]), "app.kubernetes.io/component": "single-binary" },
      },
      status: { phase: "Running", podIP: name },
    }));
    const blocked = blockedPorts(objects, pods, "erp").map(({ address }) => address);
    expect(blocked).toEqual(expect.arrayContaining([...ports]));
    // The hand-written list has no pod without a name of its own that reaches anything.
    expect(clientPods.find(({ name }) => name === "anything")?.reaches).toEqual([]);
  });
});

describe("the heartbeat", () => {
  const failing = (findings: Findings) => findings.failures.length > 0;

  test("may miss a beat at each end of the time", () => {
    expect(failing(judgeHeartbeats(14.2, 900, 60))).toBe(false);
    expect(failing(judgeHeartbeats(3, 240, 60))).toBe(false);
  });

  test("that is sent half as often, or not at all, is reported", () => {
    expect(failing(judgeHeartbeats(7.5, 900, 60))).toBe(true);
    expect(failing(judgeHeartbeats(0, 240, 60))).toBe(true);
  });
});

describe("test alerts", () => {
  test("go through each route of production to its receivers", () => {
    const paths = routePaths(signals(production).alertmanagerConfig.route);
    expect(paths.map(({ labels, receivers, wait, interval }) => [labels.severity, receivers, wait, interval])).toEqual([
      ["critical", ["pager", "chat"], 10, 60],
      ["warning", ["chat"], 30, 300],
      ["unknown", ["chat"], 30, 300],
    ]);
  });

  test("go through the routes of every team, by its name and by its namespaces", () => {
    const paths = routePaths(signals(existing).alertmanagerConfig.route);
    const pages = paths.filter(({ labels }) => labels.severity === "critical");
    expect(pages.map(({ labels: { severity: _, ...owner }, receivers }) => [owner, receivers])).toEqual([
      [{}, ["pager", "chat"]],
      [{ team: "payments" }, ["payments-pager", "payments-chat"]],
      [{ team: "warehouse" }, ["pager", "warehouse-chat"]],
      [{ team: "erp" }, ["pager", "erp-chat"]],
      [{ namespace: "payments" }, ["payments-pager", "payments-chat"]],
      [{ namespace: "warehouse" }, ["pager", "warehouse-chat"]],
    ]);
    // The times of the routes above a team's routes apply to them.
    expect(new Set(paths.map(({ labels, wait, interval }) => [labels.severity, wait, interval].join(" ")))).toEqual(
      new Set(["critical 10 60", "warning 30 300", "unknown 30 300"]),
    );
  });

  test("are counted as delivered if they did not fail", () => {
    const metrics = `# TYPE alertmanager_notification_requests_total counter
alertmanager_notification_requests_failed_total{integration="webhook",receiver_name="pager"} 2
alertmanager_notification_requests_total{integration="webhook",receiver_name="pager"} 3`;
    expect([...deliveriesIn(metrics)]).toEqual([["pager/webhook", 1]]);
  });
});

describeWith("alertmanager", "the configuration that Alertmanager has loaded", (_, path) => {
  const ours = signals(production).alertmanagerConfig;
  let loaded = "";

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "verify-"));
    const file = join(folder, "alertmanager.json");
    writeFileSync(file, JSON.stringify(ours));
    const url = `http://127.0.0.1:${await freePort()}`;
    const listen = [`--web.listen-address=${new URL(url).host}`, "--cluster.listen-address="];
    const args = [`--config.file=${file}`, `--storage.path=${folder}`, ...listen];
    await whileRunning({ path, args, url: `${url}/-/ready` }, async () => {
      loaded = JSON.parse(await (await request(`${url}/api/v2/status`)).text()).config.original;
    });
    rmSync(folder, { recursive: true });
  });

  test("is ours, although Alertmanager writes it in another form and with its defaults", () => {
    expect(configurationDifferences(ours, loaded)).toBeUndefined();
  });

  test("is not ours if one interval or one receiver differs", () => {
    const routes = (ours.route.routes ?? []).map((route) => ({ ...route, group_interval: "7m" }));
    expect(configurationDifferences({ ...ours, route: { ...ours.route, routes } }, loaded)?.expected).toMatch(
      /group_interval: 420/,
    );
    const receivers = [...ours.receivers, { name: "night" }];
    expect(configurationDifferences({ ...ours, receivers }, loaded)).toMatchObject({
      found: "receivers[night]: absent",
    });
  });
});

describe("the line of a request", () => {
  const line = {
    timestamp: "2026-11-30T12:00:00.000000+00:00",
    level: "INFO",
    logger: "erp.access",
    message: "GET /api/v1/orders 200",
    service: "erp-api",
    environment: "local",
    version: "0.1.0",
    request_id: "verify-0123456789",
    method: "GET",
    route: "/api/v1/orders",
    path: "/api/v1/orders",
    status: 200,
    duration_ms: 3.2,
  };
  const found = (given: object) => lineFailures(JSON.stringify({ ...line, ...given }), 200).map((one) => one.found);

  test("has every field", () => expect(found({})).toEqual([]));

  test.each([
    ["without its route", { route: undefined }, /the field route is missing/],
    ["with a field that the schema does not have", { colour: "red" }, /colour/],
    ["with another status", { status: 500 }, /status 500 instead of 200/],
  ])("%s is reported", (_, given, fault) => {
    expect(found(given)).toEqual([expect.stringMatching(fault)]);
  });

  test("that never arrives is reported", () => {
    expect(lineFailures(undefined, 200)[0]?.found).toMatch(/^no line within/);
  });
});

test("a token for tier `local` is signed with the key of its Secret", () => {
  const { keySet, privateKey } = signingKeys();
  const data = { "signing-key.pem": Buffer.from(privateKey).toString("base64") };
  const secret = { namespace: "erp", name: "erp-identity", keys: [], purpose: "" };
  const token = erpToken(local, [{ secret, data, missingKeys: [] } satisfies CheckedSecret]) ?? "";
  const [header = "", claims = "", signature = ""] = token.split(".");
  const [key] = JSON.parse(keySet).keys;
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ alg: "RS256", kid: key.kid });
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    iss: "https://local.invalid",
    aud: "erp",
  });
  const signed = Buffer.from(`${header}.${claims}`);
  const publicKey = createPublicKey({ key, format: "jwk" });
  expect(verify("RSA-SHA256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
});

describe("a dashboard in Grafana", () => {
  const { erp } = signals(local);
  const [filed] = erp.dashboards as [(typeof erp.dashboards)[number]];
  const stored = (given: object, folderTitle = "ERP") =>
    dashboardFailures(filed, {
      dashboard: { ...JSON.parse(JSON.stringify(filed.model)), id: 7, version: 12, ...given },
      meta: { folderTitle },
    });

  test("with our content in its folder is well", () => expect(stored({})).toEqual([]));

  test("of an older version, in another folder, or missing is reported", () => {
    expect(stored({ title: "Older" })[0]?.found).toBe("title: Older");
    expect(stored({}, "General")[0]?.found).toBe("in General");
    expect(dashboardFailures(filed, undefined)[0]?.found).toMatch(/^it does not exist/);
  });
});

describe("an event for Sentry", () => {
  /** Runs work while a receiver on this machine answers as Sentry's ingestion does. */
  async function whileReceiving(
    status: number,
    work: (host: string, received: readonly Request[]) => Promise<void>,
  ): Promise<void> {
    const received: Request[] = [];
    const server = createServer(async (request, response) => {
      received.push({ message: request, body: await text(request) });
      response.writeHead(status).end(JSON.stringify({ id: "0" }));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      await work(`127.0.0.1:${(server.address() as AddressInfo).port}`, received);
    } finally {
      server.close();
    }
  }

  interface Request {
    readonly message: IncomingMessage;
    readonly body: string;
  }

  test("reaches the project of the DSN, marked as a test", async () => {
    await whileReceiving(200, async (host, received) => {
      expect((await sendEvent(`http://public@${host}/sub/42`, "staging", {})).failures).toEqual([]);
      const [{ message, body }] = received as [Request];
      expect(message.url).toBe("/sub/api/42/envelope/");
      expect(message.headers["x-sentry-auth"]).toContain("sentry_key=public");
      const [envelope, item, event] = body
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(item).toEqual({ type: "event" });
      expect(event).toMatchObject({ event_id: envelope.event_id, environment: "staging", tags: { test: "verify" } });
      expect(event.message).toMatch(/^TEST/);
    });
  });

  test("that Sentry refuses is reported without the DSN", async () => {
    await whileReceiving(403, async (host) => {
      const { failures } = await sendEvent(`http://secret@${host}/42`, "staging", {});
      expect(failures).toEqual([
        expect.objectContaining({ found: expect.stringContaining("403"), runbook: "wrong-secret" }),
      ]);
      expect(JSON.stringify(failures)).not.toContain("secret@");
    });
  });

  test("is looked up if there is a token", async () => {
    await whileReceiving(200, async (host, received) => {
      const variables = { SENTRY_AUTH_TOKEN: "token", SENTRY_ORG: "erp", SENTRY_URL: `http://${host}` };
      expect((await sendEvent(`http://public@${host}/42`, "staging", variables)).failures).toEqual([]);
      expect(received[1]?.message.url).toMatch(/^\/api\/0\/projects\/erp\/42\/events\/[0-9a-f]{32}\/$/);
      expect(received[1]?.message.headers.authorization).toBe("Bearer token");
    });
  });
});
