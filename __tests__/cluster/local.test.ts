import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { synthesize } from "../../main";
import { namespaces } from "../../settings/addresses";
import { environments } from "../fixtures/environments";
import { act, ask, begin, eventually, figure, kubectl, outdir, podOutput, query, shell, startPod } from "./kubernetes";
import { askers, listeners, ports } from "./network-connections";
import { containerUsage, resourceRequests, restarts } from "./resources";
import { minute, part } from "./story";
import { notified, program, startWebhook } from "./webhook";

/** One story, told in order: each test stands on what the ones before have made. */
describe("local, on a real cluster", () => {
  part(
    "all nine stacks are taken by Terraform and the real providers",
    () => {
      const all = mkdtempSync(join(tmpdir(), "all-stacks-"));
      synthesize(environments, all);
      const stacks = readdirSync(join(all, "stacks"));
      expect(stacks).toHaveLength(9);
      for (const stack of stacks) {
        const terraform = (...args: string[]) =>
          execFileSync("terraform", args, { cwd: join(all, "stacks", stack), stdio: "pipe" });
        terraform("init", "-backend=false", "-input=false");
        terraform("validate");
      }
    },
    5 * minute,
  );

  part(
    "a first deployment stops where a Secret is missing, and names it with the command that makes it",
    async () => {
      const { code, output } = await act("deploy");
      expect(code).toBe(1);
      expect(output).toContain("-n monitoring create secret generic alertmanager-receivers");
      expect(output).toContain("--from-file=pager-url=<file>");
      startWebhook();
    },
    5 * minute,
  );

  part(
    "killed in the middle of an apply, it is brought to its end by the steps that the next deployment prints",
    async () => {
      const { process: deployment, ended } = begin("deploy");
      await eventually("a release under way", 120, () => pending().length > 0);
      kill(deployment.pid);
      expect((await ended).code).not.toBe(0);

      const { code, output } = await act("deploy");
      expect(code).toBe(1);
      const steps = output.split("\n").filter((line) => /^\s+(kubectl|terraform|helm) /.test(line));
      expect(steps).not.toEqual([]);
      for (const step of steps) shell(step.trim());
    },
    10 * minute,
  );

  part(
    "a deployment brings everything up within three minutes",
    async () => {
      const start = Date.now();
      const { code, output } = await act("deploy");
      figure("from an empty cluster to everything ready, images local", `${Math.round((Date.now() - start) / 1000)} s`);
      expect(output).toContain("workloads run their newest version");
      expect(code).toBe(0);
      expect(Date.now() - start).toBeLessThan(3 * minute);
    },
    10 * minute,
  );

  part("a second plan is empty", async () => expect((await act("diff")).code).toBe(0), 5 * minute);

  part(
    "every target is up",
    async () => {
      const wanted = [
        ...["erp-api", "erp-worker", "erp-probe", "postgresql-exporter", "redis-exporter", "celery-exporter"],
        ...["loki", "promtail", "blackbox-exporter", "kube-state-metrics", "kubelet"],
        ...["kube-prometheus-stack-prometheus", "kube-prometheus-stack-alertmanager", "kube-prometheus-stack-operator"],
      ];
      await eventually("every job scraped", 120, () =>
        wanted.every((job) => query(`up{job="${job}"} == 1`).length > 0),
      );
      expect(query("up == 0")).toEqual([]);
      expect(query('probe_success{job="erp-probe"} == 1')).toHaveLength(1);
    },
    5 * minute,
  );

  part(
    "it asks for at most 1.4 CPUs and 2 GiB",
    async () => {
      const spaces = Object.values(namespaces);
      const { cpu, memory } = resourceRequests(spaces);
      figure("requests of all containers", `${cpu.toFixed(2)} CPUs, ${memory} MiB`);
      expect(cpu).toBeLessThanOrEqual(1.4);
      expect(memory).toBeLessThanOrEqual(2048);
      const containers = await eventually("measured containers", 120, () => {
        const all = containerUsage(spaces);
        return all.every(({ workingSet }) => workingSet >= 0) && all;
      });
      figure(
        "working sets of all containers",
        `${containers.reduce((sum, { workingSet }) => sum + workingSet, 0)} MiB`,
      );
      const above = containers.filter(({ requested, workingSet }) => workingSet > requested);
      const shares = above.map((one) => `${one.container}: ${one.workingSet} of ${one.requested} MiB`);
      figure("containers that use more memory than they asked for", shares.join(", ") || "none");
    },
    5 * minute,
  );

  part(
    "each connection that is needed works, and no other",
    async () => {
      const addresses = new Map(ports.map((port) => [port, address(port)]));
      for (const { namespace, name, labels } of askers) {
        const worn = { "app.kubernetes.io/name": name, ...labels };
        startPod(namespace, `asks-as-${name}`, worn, program("connect"), [...addresses.values()]);
      }
      for (const { namespace, name, reaches } of askers) {
        const answers = JSON.parse(await podOutput(namespace, `asks-as-${name}`, 120));
        const open = ports.filter((port) => answers[addresses.get(port) ?? ""]);
        expect({ from: `${namespace}/${name}`, reaches: open }).toEqual({ from: `${namespace}/${name}`, reaches });
      }
    },
    10 * minute,
  );

  part(
    "a line of the ERP is found in Loki, under its bounded labels",
    async () => {
      const path = `/loki/api/v1/query_range?query=${encodeURIComponent('{namespace="erp", app="erp-api"}')}`;
      const find = () => ask<LokiAnswer>("logging", "loki:3100", path).data.result[0];
      const { stream } = await eventually("a line of the ERP", 120, find);
      expect(Object.keys(stream)).toEqual(expect.arrayContaining(["namespace", "app", "container", "pod"]));
      const labels = ask<{ data: string[] }>("logging", "loki:3100", "/loki/api/v1/labels").data;
      expect(labels).not.toEqual(expect.arrayContaining(["pod"]));
      expect(labels).not.toEqual(expect.arrayContaining(["request_id"]));
    },
    5 * minute,
  );

  part(
    "the request id of one order is in the logs of the API and of the worker",
    async () => {
      const range = (logql: string) =>
        ask<LokiAnswer>("logging", "loki:3100", `/loki/api/v1/query_range?query=${encodeURIComponent(logql)}`).data
          .result;
      const ofWorker = '{namespace="erp", app="erp-worker"} | request_id != ""';
      const id = await eventually("a task that a request began", 120, () => range(ofWorker)[0]?.stream.request_id);
      const apps = range(`{namespace="erp"} | request_id="${id}"`).map(({ stream }) => stream.app);
      expect([...new Set(apps)].sort()).toEqual(["erp-api", "erp-worker"]);
    },
    5 * minute,
  );

  part(
    "a rollout under load loses none of 10,000 requests",
    async () => {
      startPod("erp", "load", { "app.kubernetes.io/name": "erp-traffic" }, program("load"), [
        "http://erp-api.erp.svc:8000/healthz/ready",
        "10000",
        "120",
      ]);
      await sleep(5000);
      kubectl("-n", "erp", "rollout", "restart", "deployment/erp-api");
      kubectl("-n", "erp", "rollout", "status", "deployment/erp-api", "--timeout=180s");
      expect(JSON.parse(await podOutput("erp", "load", 300))).toEqual({ 200: 10_000 });
    },
    10 * minute,
  );

  part(
    "PostgreSQL is replaced under traffic, and its clients go on without a restart",
    async () => {
      const clients = ["erp-api", "erp-worker"];
      const before = clients.map(restarts);
      const orders = () => {
        const count = ["psql", "-U", "postgres", "-d", "erp", "-tAc", "select count(*) from orders"];
        return Number(kubectl("-n", "erp", "exec", "deployment/postgresql", "--", ...count));
      };
      kubectl("-n", "erp", "delete", "pod", "-l", "app.kubernetes.io/name=postgresql");
      for (const deployment of ["postgresql", "erp-api"]) {
        kubectl("-n", "erp", "wait", `deployment/${deployment}`, "--for=condition=Available", "--timeout=120s");
      }
      const kept = orders();
      expect(kept).toBeGreaterThan(0);
      await eventually("orders that are written again", 60, () => orders() > kept);
      expect(clients.map(restarts)).toEqual(before);
    },
    5 * minute,
  );

  part(
    "a bad image comes up nowhere, says so, and the old pods go on serving",
    async () => {
      const { code, output } = await act("deploy", "--image", "localhost/erp:does-not-exist");
      expect(code).toBe(1);
      expect(output).toMatch(/ErrImage|ImagePullBackOff|ErrImageNeverPull/);
      expect(output).toContain("localhost/erp:does-not-exist");
      expect(query('sum(up{job="erp-api"})')[0]?.value[1]).toBe("2");
      expect((await act("deploy")).code).toBe(0);
    },
    15 * minute,
  );

  part(
    "an outage pages within 90 seconds, and once",
    async () => {
      kubectl("-n", "erp", "scale", "deployment/erp-api", "--replicas=0");
      const outage = Date.now();
      await eventually("a page", 120, () => notified("pager", "firing").includes("ErpDown"));
      const seconds = Math.round((Date.now() - outage) / 1000);
      figure("from a total outage to the page", `${seconds} s`);
      expect(seconds).toBeLessThanOrEqual(90);
      kubectl("-n", "erp", "scale", "deployment/erp-api", "--replicas=2");
      expect(notified("pager", "firing").filter((name) => name === "ErpDown")).toHaveLength(1);
    },
    15 * minute,
  );

  part("no secret of the cluster stands in a state, a plan or a release", () => {
    const secrets = JSON.parse(kubectl("get", "secrets", "-n", "erp", "-o", "json")).items as SecretObject[];
    const values = secrets
      .filter(({ type }) => type === "Opaque")
      .flatMap(({ data }) => Object.values(data).map((value) => Buffer.from(value, "base64").toString()))
      .filter((value) => value.length > 8);
    expect(values.length).toBeGreaterThan(5);
    const kept = [outdir, join(outdir, "..", "state")].flatMap(files).join("\n");
    expect(values.filter((value) => kept.includes(value))).toEqual([]);
  });

  part(
    "a destroy leaves only what it names",
    async () => {
      const { code, output } = await act("destroy");
      expect(code).toBe(0);
      const left = JSON.parse(kubectl("get", "namespaces", "-o", "json")).items.map(
        ({ metadata }: { metadata: { name: string } }) => metadata.name,
      );
      for (const namespace of ["monitoring", "grafana", "logging", "node-agents", "erp"]) {
        expect(left).not.toContain(namespace);
      }
      for (const service of kubectl("-n", "kube-system", "get", "services", "-o", "name").split("\n")) {
        if (service.includes("kube-prometheus-stack")) expect(output).toContain(service.replace("service/", ""));
      }
    },
    10 * minute,
  );
});

interface LokiAnswer {
  readonly data: { readonly result: readonly { readonly stream: Record<string, string> }[] };
}

interface SecretObject {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

function address(port: string): string {
  const [name = "", number] = port.split(":");
  const { namespace, selector } = listeners[name] ?? { namespace: "", selector: "" };
  // What an earlier run left of its own pods wears the same labels, and has ended.
  const running = ["-l", selector, "--field-selector=status.phase=Running"];
  const ip = kubectl("-n", namespace, "get", "pods", ...running, "-o", "jsonpath={.items[0].status.podIP}");
  return `${ip}:${number}`;
}

/** Releases whose installation has begun and not ended. */
function pending(): string[] {
  const labels = "owner=helm,status in (pending-install,pending-upgrade)";
  return kubectl("get", "secrets", "-A", "-l", labels, "-o", "name").split("\n").filter(Boolean);
}

/** Ends a process and all that it started, at once, as a crash of the machine would. */
function kill(pid: number | undefined): void {
  const children = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" }).stdout.split("\n");
  process.kill(pid as number, "SIGKILL");
  for (const child of children.map(Number).filter(Boolean)) {
    if (isRunning(child)) kill(child);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".terraform"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
