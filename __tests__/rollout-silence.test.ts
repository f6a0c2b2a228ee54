import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { alertmanagerConfig } from "../alerts/alertmanager/alertmanager-config";
import { CommandError } from "../commands/command";
import { expireSilence, listSilences } from "../commands/silences/alertmanager";
import { configuredAlerts, matchedExtent } from "../commands/silences/known-alerts";
import { rolloutScopes } from "../commands/silences/rollout-scopes";
import { type Cover, type RolloutSilenceOptions, whileSilenced } from "../commands/silences/rollout-silence";
import type { Scope } from "../commands/silences/scope";
import { Server } from "../commands/verify/server";
import { allMatch } from "../kit/notifications/label-matcher";
import { causes } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { production } from "./fixtures/production";
import { alertmanager, eventually, type Running, stopAlertmanagers } from "./notifications/alertmanager-process";
import { describeWith } from "./tools";

const [, monitoring, erp] = rolloutScopes as [readonly Scope[], readonly Scope[], readonly Scope[]];

function isMatched(scopes: readonly Scope[], labels: Readonly<Record<string, string>>): boolean {
  return scopes
    .flatMap(({ silences }) => silences)
    .some((all) => allMatch(all.map(({ label, operator, value }) => `${label}${operator}"${value}"`))(labels));
}

describe("a deployment disturbs", () => {
  test("every alert of the product that pages, of the stack that contains its service, except those of nodes and DNS", () => {
    for (const environment of everyChoice) {
      // Alerts of teams have no subject. A deployment never silences the namespaces of teams.
      const alerts = configuredAlerts(environment).filter(
        ({ subject, labels }) => subject !== undefined && labels.severity !== "heartbeat",
      );
      const loud = alerts.filter((alert) =>
        [...monitoring, ...erp]
          .flatMap(({ silences }) => silences)
          .every((matchers) => matchedExtent(alert, matchers) === "none"),
      );
      expect([...new Set(loud.map(({ labels }) => labels.service))].sort()).toEqual(["dns", "nodes"]);
    }
  });

  test.each([
    [{ alertname: "ErpDown", service: "erp-api", severity: "critical" }, [false, true]],
    [{ alertname: "PodCrashLooping", service: "workloads", namespace: "erp", severity: "warning" }, [false, true]],
    [{ alertname: "PodCrashLooping", service: "workloads", namespace: "logging", severity: "warning" }, [true, false]],
    [
      { alertname: "PodCrashLooping", service: "workloads", namespace: "payments", severity: "warning" },
      [false, false],
    ],
    [{ alertname: "PrometheusNotIngesting", service: "prometheus", severity: "critical" }, [true, false]],
    [{ alertname: "NodeNotReady", service: "nodes", severity: "warning" }, [false, false]],
    [{ alertname: "Heartbeat", service: "prometheus", severity: "heartbeat" }, [false, false]],
    [{ alertname: "Watchdog", namespace: "monitoring", severity: "none" }, [false, false]],
  ])("%j by the stacks monitoring and erp: %j", (labels, expected) => {
    expect([isMatched(monitoring, labels), isMatched(erp, labels)]).toEqual(expected);
  });
});

describeWith("alertmanager", "the silence of a deployment, in a real Alertmanager", (_, program) => {
  const secrets = (url: string) => ({
    "slack-api-url": `${url}/slack/token`,
    "pagerduty-routing-key": "routing-key",
    "heartbeat-url": `${url}/heartbeat/token`,
  });
  const start = () => alertmanager(program, alertmanagerConfig(production, [], causes), secrets);
  let running: Running;
  let printed: string[];

  beforeEach(async () => {
    printed = [];
    jest.spyOn(console, "log").mockImplementation((line) => void printed.push(line));
    running = await start();
  });
  afterEach(stopAlertmanagers);

  const server = ({ url }: Running) => new Server("Alertmanager", url);
  const options = (changed: Partial<RolloutSilenceOptions> = {}, at = () => running): RolloutSilenceOptions => ({
    environment: "production",
    because: "upgrade",
    createdBy: "Jane",
    reach: (work) => {
      const one = server(at());
      return work({ alertmanager: one, members: async () => [one], prometheus: one, loki: one });
    },
    ...changed,
  });
  const active = (at = running) => listSilences(server(at));
  const erpDown = { alertname: "ErpDown", service: "erp-api", severity: "critical", namespace: "erp" };
  const pages = () => running.received.filter(({ path }) => path.startsWith("/pagerduty")).length;

  test("begins before the changes, holds a page back, and ends with the work", async () => {
    await whileSilenced(options(), async (cover) => {
      await cover(erp);
      expect(await active()).toMatchObject([
        { comment: "upgrade (deployment of production)", createdBy: "Jane" },
        { comment: "upgrade (deployment of production)", createdBy: "Jane" },
      ]);
      await running.post([{ labels: erpDown, endsAt: new Date(Date.now() + 1500).toISOString() }]);
      await sleep(2500);
    });
    expect(await active()).toEqual([]);
    expect(pages()).toBe(0);
  });

  test("ends at once when the work fails, so that an alert that fires is sent", async () => {
    const work = whileSilenced(options(), async (cover) => {
      await cover(erp);
      await running.post([{ labels: erpDown }]);
      throw new CommandError("the apply failed");
    });
    await expect(work).rejects.toThrow("the apply failed");
    expect(await active()).toEqual([]);
    expect(printed.join("\n")).toMatch(/These alerts fire, and notify people from now on: ErpDown/);
    await eventually(
      () => pages() > 0,
      () => running.received,
    );
  });

  test("lasts one lease longer if the work has succeeded and alerts still fire", async () => {
    await whileSilenced(options({ leaseSeconds: 3 }), async (cover) => {
      await cover(erp);
      await running.post([{ labels: erpDown }]);
    });
    expect(await active()).toHaveLength(2);
    expect(printed.join("\n")).toMatch(
      /These silenced alerts still fire: ErpDown\. They notify people if they fire after/,
    );
    await eventually(
      () => pages() > 0,
      () => running.received,
    );
    expect(await active()).toEqual([]);
  });

  test("is extended while the work lasts, and created again if Alertmanager has forgotten it", async () => {
    const other = await start();
    let current = running;
    const lease = { leaseSeconds: 2, renewSeconds: 0.5 };
    await whileSilenced(
      options(lease, () => current),
      async (cover) => {
        await cover(erp);
        await sleep(3500);
        expect(await active()).toHaveLength(2);
        current = other;
        await sleep(1500);
        expect(await active(other)).toHaveLength(2);
      },
    );
    expect(await active(other)).toEqual([]);
  }, 15_000);

  test("is not created again if somebody has ended it", async () => {
    await whileSilenced(options({ renewSeconds: 0.5 }), async (cover) => {
      await cover(erp);
      for (const { id } of await active()) await expireSilence(server(running), id);
      await sleep(1500);
      expect(await active()).toEqual([]);
    });
    expect(printed.filter((line) => line.startsWith("Somebody ended the silence"))).toHaveLength(2);
  });

  test("covers a scope once, and nothing while no Alertmanager runs", async () => {
    const none = options({
      reach: (work) => {
        const one = server(running);
        return work({ alertmanager: one, members: async () => [], prometheus: one, loki: one });
      },
    });
    const deploy = async (cover: Cover) => {
      for (const scopes of rolloutScopes) await cover(scopes);
      return (await active()).length;
    };
    expect(await whileSilenced(none, deploy)).toBe(0);
    expect(printed[0]).toMatch(
      /^No Alertmanager runs yet, so that no alerts about the monitoring and the ERP are silenced/,
    );
    expect(await whileSilenced(options(), deploy)).toBe(4);
  });

  describe("of a process of its own", () => {
    const processes: ChildProcess[] = [];
    afterEach(() => {
      for (const one of processes.splice(0)) one.kill("SIGKILL");
    });

    async function startWork(lease: number) {
      const script = join(__dirname, "notifications", "silenced-work.ts");
      const started = spawn(process.execPath, ["--import", "tsx", script, running.url, String(lease)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      processes.push(started);
      const ended = once(started, "exit");
      let output = "";
      started.stdout.on("data", (data) => {
        output += data;
      });
      for (let tries = 0; tries < 300 && !/working/.test(output); tries++) await sleep(100);
      expect(await active()).toHaveLength(4);
      return { started, ended };
    }

    test.each(["SIGINT", "SIGTERM"] as const)(
      "ends on %s, and the process with it",
      async (signal) => {
        const { started, ended } = await startWork(60);
        started.kill(signal);
        expect(await ended).toEqual([null, signal]);
        expect(await active()).toEqual([]);
      },
      60_000,
    );

    test("ends by itself after the process was killed", async () => {
      const { started, ended } = await startWork(4);
      started.kill("SIGKILL");
      await ended;
      expect(await active()).toHaveLength(4);
      await sleep(4500);
      expect(await active()).toEqual([]);
    }, 60_000);
  });
});
