import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kubectl } from "../../commands/cluster/kubectl";
import { clusterCaptures } from "../../commands/evidence/cluster-captures";
import { compareWaiting } from "../../commands/evidence/cluster-comparison";
import { outdatedEvidence } from "../../commands/evidence/outdated-evidence";
import { namespaces } from "../../settings/addresses";
import { testEnvironment } from "./cluster-environment";
import { attemptFirstDeployment, destroyLocal } from "./deployment";
import { disruptions, whileDisrupted } from "./disruptions";
import { act, charts, context, eventually, kubectl, outdir, podOutput, query, startPod } from "./kubernetes";
import { labelNames, streams } from "./loki";
import { clientPods, listeners, ports } from "./network-connections";
import { resourceRequests } from "./resources";
import { figure, figureWithin, secondsSince } from "./results";
import { atTheEnd, check, minute, requiredStep } from "./steps";
import { failureTexts, verification } from "./verification";
import { notifiedAlerts, program } from "./webhook";

/** The steps of `npm run test:cluster`. */
describe("a deployment of local", () => {
  let start = 0;

  requiredStep(
    "a first deployment stops if a Secret is missing, and prints the command that creates it",
    async () => {
      start = Date.now();
      const { code, output } = await attemptFirstDeployment();
      expect(code).toBe(1);
      expect(output).toContain("-n monitoring create secret generic alertmanager-receivers");
      expect(output).toContain("--from-file=pager-url=<file>");
    },
    5 * minute,
  );

  requiredStep(
    "after the next deployment, everything is ready",
    async () => {
      const { code, output } = await act("deploy");
      figureWithin("from an empty cluster to everything ready, images on the node", secondsSince(start), "s", 180);
      expect(output).toContain("workloads run their newest version");
      expect(code).toBe(0);
    },
    10 * minute,
  );

  check("a second plan is empty", async () => expect((await act("diff")).code).toBe(0), 5 * minute);

  check("all containers together request at most 1.4 CPUs", () => {
    const { cpu, memory } = resourceRequests(Object.values(namespaces));
    figure("requests of all containers", `${cpu.toFixed(2)} CPUs, ${memory} MiB`);
    expect(cpu).toBeLessThanOrEqual(1.4);
  });

  check(
    "`verify` finds everything as configured, except queries that need more time",
    async () => {
      const failures = async () =>
        failureTexts(await verification()).filter((text) => !text.startsWith("dashboard-queries"));
      let found = await failures();
      for (const end = Date.now() + 4 * minute; Date.now() < end && found.length > 0; ) found = await failures();
      expect(found).toEqual([]);
      expect(query('probe_success{job="erp-probe"} == 1')).toHaveLength(1);
    },
    7 * minute,
  );

  check(
    "only the connections that are needed are open",
    async () => {
      const addresses = new Map(ports.map((port) => [port, address(port)]));
      for (const { namespace, name, labels } of clientPods) {
        const podLabels = { "app.kubernetes.io/name": name, ...labels };
        startPod(namespace, `connects-as-${name}`, podLabels, program("connect"), [...addresses.values()]);
      }
      for (const { namespace, name, reaches } of clientPods) {
        const answers = JSON.parse(await podOutput(namespace, `connects-as-${name}`, 120));
        const open = ports.filter((port) => answers[addresses.get(port) ?? ""]);
        expect({ from: `${namespace}/${name}`, reaches: open }).toEqual({ from: `${namespace}/${name}`, reaches });
      }
    },
    10 * minute,
  );

  check(
    "a log line of the ERP is found in Loki, and its labels are the expected ones",
    async () => {
      const find = () => streams('{namespace="erp", app="erp-api"}')[0];
      const stream = await eventually("a line of the ERP", 180, find);
      expect(Object.keys(stream)).toEqual(expect.arrayContaining(["namespace", "app", "container", "pod"]));
      expect(labelNames()).not.toEqual(expect.arrayContaining(["pod"]));
      expect(labelNames()).not.toEqual(expect.arrayContaining(["request_id"]));
    },
    5 * minute,
  );

  check(
    "an outage sends one page",
    async () => {
      const outage = Date.now();
      await whileDisrupted([disruptions.noApi], async () => {
        await eventually("a page", 240, () => notifiedAlerts("pager", "firing").includes("ErpDown"));
        figureWithin("from a total outage to the page", secondsSince(outage), "s", 90);
      });
      expect(notifiedAlerts("pager", "firing").filter((name) => name === "ErpDown")).toHaveLength(1);
    },
    5 * minute,
  );

  check(
    "evidence of programs that need a cluster comes from the deployed versions",
    async () => {
      const environment = testEnvironment({ context, charts, recorded: false });
      const waiting = outdatedEvidence(environment);
      expect(await compareWaiting(environment, waiting, clusterCaptures(environment, new Kubectl(context)))).toEqual(
        [],
      );
    },
    5 * minute,
  );

  check("no state, plan or release contains a secret of the cluster", () => {
    const secrets = JSON.parse(kubectl("get", "secrets", "-n", "erp", "-o", "json")).items as SecretObject[];
    const values = secrets
      .filter(({ type }) => type === "Opaque")
      .flatMap(({ data }) => Object.values(data).map((value) => Buffer.from(value, "base64").toString()))
      .filter((value) => value.length > 8);
    expect(values.length).toBeGreaterThan(5);
    const kept = [outdir, join(outdir, "..", "state")].flatMap(files).join("\n");
    expect(values.filter((value) => kept.includes(value))).toEqual([]);
  });

  atTheEnd(
    "a destroy leaves only the objects that it lists",
    async () => {
      const { code, output } = await destroyLocal();
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

interface SecretObject {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

function address(port: string): string {
  const [name = "", number] = port.split(":");
  const { namespace, selector } = listeners[name] ?? { namespace: "", selector: "" };
  // Pods of an earlier run have the same labels, but they are not running any more.
  const running = ["-l", selector, "--field-selector=status.phase=Running"];
  const ip = kubectl("-n", namespace, "get", "pods", ...running, "-o", "jsonpath={.items[0].status.podIP}");
  return `${ip}:${number}`;
}

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".terraform"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
