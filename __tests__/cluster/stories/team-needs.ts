import { setTimeout as sleep } from "node:timers/promises";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { runSilence } from "../../../commands/silence";
import { listSilences } from "../../../commands/silences/alertmanager";
import { endSilences } from "../../../commands/silences/end-silences";
import { type Reach, reachThrough } from "../../../commands/silences/reach-alertmanager";
import type { Environment } from "../../../settings/environment";
import { testEnvironment } from "../cluster-environment";
import { emptyPanels } from "../dashboard-judgements";
import { testNamespace } from "../deployed-mark";
import { deployLocal } from "../deployment";
import { act, ask, charts, context, createPod, eventually, inPod, kubectl, pythonPod, query } from "../kubernetes";
import { streams } from "../loki";
import { figure, secondsSince } from "../results";
import { minute } from "../steps";
import { countWith, mailTo, removeStandIns, startStandIns } from "../team-stand-ins";
import { failureTexts, greenVerification, notRunTexts, verification } from "../verification";
import { notifiedAlerts, type Receiver, receivers, unresolved } from "../webhook";
import type { Story } from "./story";

const flags = ["--shared", "--grafana"];

export const teamNeeds: Story = {
  name: "team-needs",
  proves: "two teams get their alerts, limits, pods, rules, dashboards and remote write",
  minutes: 40,
  needs: "deployment",
  async run() {
    const environment = testEnvironment({ context, charts, shared: true, grafana: true });
    const reach = reachThrough(new Kubectl(context));
    try {
      startStandIns(environment);
      expect((await act("deploy", ...flags)).code).toBe(0);
      await greenVerification(...flags);
      podsHaveTheirSettings();
      expect(await emptyPanels("Payment gateway", { shared: true })).toEqual([]);
      expect(folderOf("dashboard-payments-gateway")).toBe("payments");
      await storeHasTheSamples();
      await notifiesTheTeams(environment, reach);
      const notified = await verification(...flags, "--notify");
      expect([...failureTexts(notified), ...notRunTexts(notified)]).toEqual([]);
    } finally {
      await deployLocal();
      removeStandIns(environment);
    }
  },
};

/** What the pods of the ERP were started with, as their own programs see it. */
function podsHaveTheirSettings(): void {
  const variables = Object.fromEntries(
    inPod("erp-api", "env")
      .split("\n")
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
  expect(variables).toMatchObject({ CURRENCY: "EUR", FEATURE_REFUNDS: "on", SMTP_PASSWORD: "only-for-the-tests" });
  expect(variables.SELF).toBe(`http://${variables.POD_IP}:8000/$(not-a-variable)`);
  for (const program of ["erp-api", "erp-worker", "erp-beat"]) {
    expect(inPod(program, "cat", "/etc/shop/templates/invoice.txt")).toBe("Dear customer");
    const { metadata, spec } = podTemplate(`deployment/${program}`);
    expect(metadata.labels["shop.test/cost-centre"]).toBe("4711");
    expect(spec.nodeSelector).toEqual({ "kubernetes.io/os": "linux" });
    expect(spec.tolerations).toContainEqual({ key: "shop.test/web", operator: "Exists" });
    expect(spec.imagePullSecrets).toEqual([{ name: "registry-credentials" }]);
  }
  const fetched = "import urllib.request as http; print(http.urlopen('http://127.0.0.1:8090/list').read().decode())";
  expect(inPod("erp-api", "python", "-c", fetched).trim()).toBe("7 EUR");
  inPod("erp-worker", "sh", "-c", "echo written >/srv/reports/one");
  expect(podTemplate("job/erp-migrate").spec.containers).toHaveLength(1);
  expect(podTemplate("deployment/redis-exporter").spec.containers[0]?.env).toContainEqual({
    name: "GOMEMLIMIT",
    value: "40MiB",
  });
}

/** A template of pods. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly { readonly env?: readonly object[] }[];
    readonly nodeSelector: object;
    readonly tolerations: readonly object[];
    readonly imagePullSecrets: readonly object[];
  };
}

function podTemplate(workload: string): PodTemplate {
  return JSON.parse(kubectl("-n", "erp", "get", workload, "-o", "json")).spec.template;
}

function folderOf(configMap: string): string {
  const path = "jsonpath={.metadata.annotations.grafana_folder}";
  return kubectl("-n", testNamespace, "get", "configmap", configMap, "-o", path);
}

/** The store behind the token and the tenant has the series that the relabelings keep, as they change them. */
async function storeHasTheSamples(): Promise<void> {
  const gateway = "gateway_payments_total";
  const [series] = await eventually("samples of the gateway in the store", 300, () => {
    const found = stored(gateway);
    return found.length > 0 && found;
  });
  expect(series).toMatchObject({ environment: "local", namespace: "payments", team_namespace: "shop-payments" });
  expect(series).not.toHaveProperty("endpoint");
  const names = new Set(stored('{__name__=~".+"}').map(({ __name__ }) => __name__));
  expect([...names].filter((name) => !["up", gateway, "ALERTS"].includes(name ?? ""))).toEqual([]);
  expect(stored('up{job="kubelet"}')).toEqual([]);
  expect(stored("up").length).toBeGreaterThan(5);
}

/** The labels of the series that the store has for a query. */
function stored(promql: string): readonly Readonly<Record<string, string>>[] {
  const path = `/api/v1/query?query=${encodeURIComponent(promql)}`;
  const answer = ask<{ data: { result: { metric: Record<string, string> }[] } }>(
    testNamespace,
    "store:9090",
    path,
    "pods",
  );
  return answer.data.result.map(({ metric }) => metric);
}

/** Every alert arrives at the receivers of its team and nowhere else, except the one that a silence holds back. */
async function notifiesTheTeams(environment: Environment, reach: Reach): Promise<void> {
  const stopped = "WarehouseScansStopped";
  const work = { for: "1h", because: "the story `team-needs`" };
  expect(await runSilence(environment, reach, work, [stopped])).toBe(0);
  const ids = (await reach(({ alertmanager }) => listSilences(alertmanager))).slice(-1).map(({ id }) => id);
  const start = Date.now();
  const before = new Map(receivers.map((receiver) => [receiver, notifiedAlerts(receiver, "firing").length]));
  const since = (receiver: Receiver) => notifiedAlerts(receiver, "firing").slice(before.get(receiver));
  const arrived = async (alert: string, receiver: Receiver, minutes: number) => {
    await eventually(`${alert} at ${receiver}`, minutes * 60, () => since(receiver).includes(alert));
    figure(`${alert} at ${receiver}`, `${secondsSince(start)} s`);
  };
  try {
    countWith("payments", "gateway", 'gateway_payments_total{result="refused"}=9.5');
    countWith("warehouse", "scanners", "warehouse_scans_total=0");
    startRestartingPod();
    startWaitingPod();
    // Its own rule.
    await arrived("PaymentsRefused", "payments", 10);
    await eventually("mail about PaymentsRefused", 60, () =>
      mailTo("payments@shop.test").some((text) => text.includes("The gateway refuses too many payments.")),
    );
    // Two restarts in half an hour are beyond the limit of the override, and not beyond that of the product.
    await arrived("PodCrashLooping", "payments", 15);
    const [restarts] = query('sum(increase(kube_pod_container_status_restarts_total{pod="restarting"}[30m]))');
    expect(Number(restarts?.value[1])).toBeLessThan(3);
    // The override gives this alert to the platform, although the pod is in a namespace of a team.
    await arrived("PodNotInitialized", "chat", 15);
    const isFiring = () => query(`ALERTS{alertname="${stopped}",alertstate="firing"}`).length > 0;
    await eventually(`${stopped} fires`, 10 * 60, isFiring);
    // Longer than the group wait and the group interval of pages.
    await sleep(2 * minute);
    expect(receivers.filter((receiver) => since(receiver).includes(stopped))).toEqual([]);
    await endSilences(reach, ids, environment.name);
    // A team without a pager pages the pager of the platform.
    await arrived(stopped, "pager", 10);
    await arrived(stopped, "warehouse", 10);
    expect(teamAlertsElsewhere()).toEqual([]);
    for (const namespace of ["payments", "warehouse"]) {
      expect(streams(`{namespace="${namespace}"} |= "scraped"`)).not.toEqual([]);
    }
  } finally {
    await endSilences(reach, ids, environment.name);
    kubectl("-n", "payments", "delete", "pod", "restarting", "--ignore-not-found");
    kubectl("-n", "warehouse", "delete", "pod", "waiting", "--ignore-not-found");
  }
}

/** The alerts of the teams at receivers that must not get them. */
function teamAlertsElsewhere(): readonly string[] {
  const expected: Readonly<Record<string, readonly Receiver[]>> = {
    PaymentsRefused: ["payments"],
    PodCrashLooping: ["payments"],
    PodNotInitialized: ["chat"],
    WarehouseScansStopped: ["pager", "warehouse"],
  };
  return receivers.flatMap((receiver) =>
    unresolved(receiver)
      .filter(({ namespace }) => namespace === "payments" || namespace === "warehouse")
      .filter(({ alertname = "" }) => !expected[alertname]?.includes(receiver))
      .map(({ alertname }) => `${alertname} at ${receiver}`),
  );
}

/** A pod that is restarted twice, and then runs. Each run lasts longer than the time between two scrapes. */
function startRestartingPod(): void {
  const program = [
    "import pathlib, sys, time",
    "runs = pathlib.Path('/state/runs')",
    "runs.write_text((runs.read_text() if runs.exists() else '') + 'x')",
    "time.sleep(50 if len(runs.read_text()) < 3 else 10**6)",
    "sys.exit(1)",
  ].join("\n");
  const pod = pythonPod(["python3", "-c", program], { volumeMounts: [{ name: "state", mountPath: "/state" }] });
  const spec = { ...pod, volumes: [{ name: "state", emptyDir: {} }] };
  createPod({ namespace: "payments", name: "restarting" }, spec, "Always");
}

/** A pod whose init container does not end. */
function startWaitingPod(): void {
  const [container] = pythonPod(["sleep", "infinity"], {}).containers;
  const pod = pythonPod(["true"], {});
  createPod({ namespace: "warehouse", name: "waiting" }, { ...pod, initContainers: [{ ...container, name: "waits" }] });
}
