import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { clusterSecrets, exposedSecrets } from "../../../commands/evidence/secret-values";
import { checkGroups } from "../../../commands/verify/checks";
import { rolesText } from "../../../commands/verify/roles";
import { signals } from "../../../signals";
import { testEnvironment } from "../cluster-environment";
import { testNamespace } from "../deployed-mark";
import { deployLocal } from "../deployment";
import { disruptions, whileDisrupted } from "../disruptions";
import { act, charts, context, kubectl, kubectlWith } from "../kubernetes";
import { figure, figureWithin, note } from "../results";
import { minute } from "../steps";
import {
  failureTexts,
  greenVerification,
  notRunTexts,
  startVerification,
  type Verification,
  verification,
} from "../verification";
import { type VerifiedFault, verifiedFaults } from "../verified-faults";
import type { Story } from "./story";

export const verified: Story = {
  name: "verified",
  proves: "`verify` is green after a deployment, leaves nothing behind, and names each of 13 faults",
  minutes: 75,
  needs: "deployment",
  async run() {
    const rows: string[][] = [];
    await untilGreen();
    await leavesNothingBehind();
    await worksWithTheRolesThatItPrints();
    for (const fault of verifiedFaults) rows.push([fault.fault, (await namedFaults(fault)).join("<br>")]);
    rows.push(["an old dashboard", (await namesOldDashboard()).join("<br>")]);
    rows.push(["a cut port-forward", (await namesCutPortForward()).join("<br>")]);
    await untilGreen();
    note(
      [
        "| fault | named as |",
        "|---|---|",
        ...rows.map((row) => `| ${row.join(" | ").replaceAll("\n", " ")} |`),
        "",
      ].join("\n"),
    );
  },
};

async function untilGreen(): Promise<void> {
  figureWithin("one run of verify", (await greenVerification()).seconds, "s", 60);
}

async function leavesNothingBehind(): Promise<void> {
  const names = () =>
    kubectl("get", "jobs,pods,secrets,configmaps,networkpolicies", "-A", "--no-headers", "-o", "name")
      .split("\n")
      .sort();
  const before = names();
  const report = await verification();
  expect(names()).toEqual(before);
  expect(exposedSecrets(report.printed, await clusterSecrets(new Kubectl(context)))).toEqual([]);
}

/** Repeats the command until it names the fault, because Prometheus notices some faults after a minute or two. */
async function namedFaults({
  fault,
  prepared = [],
  disruption,
  named,
  flags = [],
}: VerifiedFault): Promise<readonly string[]> {
  return whileDisrupted([...prepared, disruption], async () => {
    const start = Date.now();
    let last: Verification;
    do last = await verification(...flags);
    while (Date.now() < start + 8 * minute && !named.every((pattern) => isNamed(last, pattern)));
    for (const pattern of named) expect(failureTexts(last)).toContainEqual(expect.stringMatching(pattern));
    expect(last.code).toBe(1);
    figure(`${fault}: named after`, `${Math.round((Date.now() - start) / 1000)} s`);
    return failureTexts(last).filter((text) => named.some((pattern) => pattern.test(text)));
  });
}

function isNamed(report: Verification, pattern: RegExp): boolean {
  return failureTexts(report).some((text) => pattern.test(text));
}

/** The dashboards of the tests are in their own namespace, because no Grafana runs. */
async function namesOldDashboard(): Promise<readonly string[]> {
  try {
    expect((await act("deploy", "--grafana")).code).toBe(0);
    const data = JSON.stringify({ data: { "erp-logs.json": JSON.stringify({ title: "Logs of last year" }) } });
    kubectl("-n", testNamespace, "patch", "configmap", "dashboard-erp-logs", "--type=merge", `--patch=${data}`);
    const named = failureTexts(await verification("--grafana"));
    expect(named).toContainEqual(
      expect.stringMatching(
        new RegExp(`^deployed-dashboards: ConfigMap ${testNamespace}/dashboard-erp-logs: .*Logs of last year`),
      ),
    );
    return named.filter((text) => text.startsWith("deployed-dashboards"));
  } finally {
    await deployLocal();
  }
}

/** While PostgreSQL is paused, the request of the command waits, so that its connection can be cut. */
async function namesCutPortForward(): Promise<readonly string[]> {
  return whileDisrupted([disruptions.pausedPostgresql], async () => {
    const { process: started, ended } = startVerification();
    let cut = 0;
    while (cut === 0 && started.exitCode === null) {
      await sleep(200);
      cut = killPortForward(started.pid ?? 0);
    }
    const report = await ended;
    const named = notRunTexts(report).filter((text) => text.startsWith("request-log"));
    expect(named).toEqual([expect.stringMatching(/^request-log: kubectl port-forward to erp\/erp-api ended/)]);
    return named;
  });
}

/** Kills the port-forward of a process. @returns its id, or 0 if there is none yet */
function killPortForward(parent: number): number {
  const { stdout } = spawnSync("ps", ["-o", "pid=,args=", "--ppid", String(parent)], { encoding: "utf8" });
  const line = stdout.split("\n").find((one) => one.includes("port-forward"));
  const pid = Number(line?.trim().split(" ")[0] ?? 0);
  if (pid > 0) process.kill(pid, "SIGKILL");
  return pid;
}

/** A read-only account is enough for `--read-only --without-secrets`. A lacked permission and a wrong token are named. */
async function worksWithTheRolesThatItPrints(): Promise<void> {
  const flags = ["--read-only", "--without-secrets"];
  const environment = testEnvironment({ context, charts });
  const roles = rolesText(checkGroups, environment, signals(environment), {
    readOnly: true,
    withoutSecrets: true,
    with: [],
  });
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  const run = (token: string) =>
    startVerification(flags, { ...process.env, KUBECONFIG: kubeconfig(folder, token) }).ended;
  kubectlWith(roles, "apply", "-f", "-");
  try {
    const token = kubectl("-n", "monitoring", "create", "token", "verify").trim();
    const allowed = await run(token);
    expect([...failureTexts(allowed), ...notRunTexts(allowed)]).toEqual([]);
    kubectl("-n", "erp", "delete", "rolebinding", "verify");
    expect(notRunTexts(await run(token))).toContainEqual(
      expect.stringMatching(/lacks a permission: list resource .* in the namespace "erp"/),
    );
    const refused = await run("wrong");
    expect(refused.code).toBe(2);
    expect(refused.printed).toContain("must have credentials that the cluster accepts");
  } finally {
    kubectlWith(roles, "delete", "--ignore-not-found", "-f", "-");
    rmSync(folder, { recursive: true });
  }
}

/** A kubeconfig for the same cluster and context, with a token in place of the credentials. */
function kubeconfig(folder: string, token: string): string {
  const path = join(folder, "kubeconfig");
  const config = JSON.parse(kubectl("config", "view", "--raw", "--minify", "--flatten", "-o", "json"));
  const users = config.users.map(({ name }: { name: string }) => ({ name, user: { token } }));
  writeFileSync(path, JSON.stringify({ ...config, users }), { mode: 0o600 });
  return path;
}
