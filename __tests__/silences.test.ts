import { setTimeout as sleep } from "node:timers/promises";
import { alertmanagerConfig } from "../alerts/alertmanager/alertmanager-config";
import { type Command, execute, type Given } from "../commands/command";
import { runSilence, silence } from "../commands/silence";
import { configuredAlerts, loadedAlerts, matchedExtent } from "../commands/silences/known-alerts";
import type { Reach } from "../commands/silences/reach-alertmanager";
import { findScope, isHeartbeat, type Scope } from "../commands/silences/scope";
import { durationFaults, timeText } from "../commands/silences/times";
import { Server } from "../commands/verify/server";
import { Faults } from "../faults";
import { routesOf } from "../kit/notifications/routes-of";
import { causes, contributions } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { existing } from "./fixtures/existing";
import { production } from "./fixtures/production";
import { shared } from "./fixtures/shared";
import { alertmanager, eventually, type Running, stopAlertmanagers } from "./notifications/alertmanager-process";
import { describeWith } from "./tools";

const inExisting = configuredAlerts(existing);
const inProduction = configuredAlerts(production);

function scopeIn(name: string, environment = existing, alerts = inExisting): Scope {
  const found = findScope(name, environment, alerts);
  if (!("silences" in found)) throw new Error(JSON.stringify(found));
  return found;
}

/** Titles of the alerts of which the scope holds back all or some notifications. */
function silencedBy(name: string, environment = existing, alerts = inExisting) {
  const { silences } = scopeIn(name, environment, alerts);
  const extents = alerts.map((alert) => silences.map((matchers) => matchedExtent(alert, matchers)));
  return {
    all: alerts.filter((_, index) => extents[index]?.includes("all")).map(({ title }) => title),
    some: alerts
      .filter((_, index) => extents[index]?.includes("some") && !extents[index]?.includes("all"))
      .map(({ title }) => title),
  };
}

describe("the scope of a silence", () => {
  test("an alert by its name contains all of its variants and nothing else", () => {
    expect(silencedBy("ErpErrorBudgetBurn")).toEqual({
      all: ["1h", "6h", "1d", "3d"].map((window) => `ErpErrorBudgetBurn ${window}`),
      some: [],
    });
  });

  test("a service contains its alerts, and a subject those of its folder", () => {
    const celery = silencedBy("celery", production, inProduction).all;
    expect(celery).toContain("CeleryBeatSilent");
    expect(celery).toContain("CeleryExporterDeaf");
    expect(silencedBy("erp-beat", production, inProduction).all).toEqual(["CeleryBeatSilent"]);
  });

  test("a namespace contains the alerts that always name it, and those that can name it", () => {
    const { all, some } = silencedBy("namespace=warehouse");
    expect(all).toEqual([]);
    expect(some).toContain("PodCrashLooping");
    expect(some).not.toContain("NodeNotReady");
    expect(some).not.toContain("PostgresqlDown");
  });

  test("any label of an alert can be named with a value", () => {
    const { some } = silencedBy("node=worker-3");
    expect(some).toContain("NodeNotReady");
    expect(some).not.toContain("ErpDown");
    // The expression of a team that reads a metric without an aggregation has the labels of its target.
    expect(silencedBy("pod=gateway-0").some).toContain("PaymentsDisruptionBlocked");
    expect(silencedBy("condition=DiskPressure").some).toEqual(["NodeUnderPressure"]);
  });

  test("everything contains every alert of every environment but the heartbeat", () => {
    for (const environment of everyChoice) {
      const alerts = configuredAlerts(environment);
      const { all } = silencedBy("everything", environment, alerts);
      const loud = alerts.filter(({ title }) => !all.includes(title)).map(({ name }) => name);
      expect(loud).toEqual(environment.alertmanager.heartbeat ? ["Heartbeat"] : []);
    }
  });

  test.each(["payments", "warehouse", "erp"])("the team %s contains exactly what its own receivers get", (team) => {
    const { alertmanagerConfig: config } = { alertmanagerConfig: alertmanagerConfig(existing, [], causes) };
    const { silences } = scopeIn(`team=${team}`);
    const namespaces = ["", "erp", "monitoring", "payments", "payments-jobs", "warehouse"];
    for (const { name, labels } of inExisting.filter(
      (alert) => !isHeartbeat(alert) && alert.labels.severity !== "info",
    ))
      for (const namespace of namespaces) {
        const full = { ...labels, alertname: name, ...(namespace && { namespace }) };
        const fixed = {
          name,
          title: name,
          labels: full,
          series: [{ labels: new Map(), open: false, kind: "gauge" as const }],
        };
        const isSilenced = silences.some((matchers) => matchedExtent(fixed, matchers) === "all");
        const isNotified = routesOf(config.route, full).some(({ receiver }) => receiver.startsWith(`${team}-`));
        expect([name, namespace, isSilenced]).toEqual([name, namespace, isNotified]);
      }
  });

  test("the platform contains neither alerts of teams nor alerts about their namespaces", () => {
    const { all, some } = silencedBy("team=platform");
    expect(all).toContain("NodeNotReady");
    expect(all).not.toContain("RedisDown");
    expect(some).toContain("PodCrashLooping");
  });

  test("an alert in a file of a team is known before Prometheus has loaded it, with its team and its labels", () => {
    const inShared = configuredAlerts(shared);
    expect(silencedBy("PaymentsRefused", shared, inShared)).toEqual({ all: ["PaymentsRefused"], some: [] });
    expect(silencedBy("service=gateway", shared, inShared).all).toEqual(["PaymentsRefused"]);
    expect(silencedBy("team=warehouse", shared, inShared).all).toEqual(["WarehouseScansStopped"]);
    expect(silencedBy("namespace=payments", shared, inShared).some).toContain("PaymentsRefused");
  });

  test("an alert of another chart is known by its rule", () => {
    const rule = { name: "KubeQuotaExceeded", query: "kube_quota > 1", labels: { severity: "info" } };
    const health = "ok" as const;
    const loaded = loadedAlerts(
      [{ name: "theirs", interval: 30, rules: [{ ...rule, type: "alerting", health }] }],
      "promql",
      inExisting,
    );
    expect(scopeIn("KubeQuotaExceeded", existing, [...inExisting, ...loaded]).text).toBe("the alert KubeQuotaExceeded");
  });

  test.each([
    ["ErpDwon", 'did you mean "ErpDown"?'],
    ["paymets", 'did you mean "payments"?'],
    ["namespace=paymnts", 'did you mean "payments"?'],
    ["service=postgres", 'did you mean "postgresql"?'],
    ["servce=redis", 'did you mean "service"?'],
    ["severity=page", 'use one of "critical", "info", "warning"'],
    ["Heartbeat", /pause the external service/],
    ["severity=heartbeat", /pause the external service/],
    ["payments", "write `team=payments` or `namespace=payments`"],
  ])("%s is refused", (name, remedy) => {
    const fault = findScope(name, existing, inExisting);
    expect(fault).toMatchObject({ value: name });
    if (typeof remedy === "string") expect(fault).toMatchObject({ remedy });
    else expect((fault as { readonly remedy: string }).remedy).toMatch(remedy);
  });
});

describe("the duration of a silence", () => {
  test.each([
    [undefined, ["ErpDown"], "must be a duration above 0"],
    ["1 hour", ["ErpDown"], "must be a duration above 0"],
    ["0s", ["ErpDown"], "must be a duration above 0"],
    ["30s", ["ErpDown"], "must be at least 1m"],
    ["8d", ["ErpDown"], /^must be at most 7d,/],
    ["25h", ["ErpDown", "everything"], /^must be at most 1d for everything,/],
  ])("%s for %j is refused", (given, names, rule) => {
    expect(durationFaults(given, names)).toEqual([expect.objectContaining({ rule: expect.stringMatching(rule) })]);
  });

  test("a week of one alert and a day of everything are accepted", () => {
    expect([...durationFaults("7d", ["ErpDown"]), ...durationFaults("1d", ["everything"])]).toEqual([]);
  });

  test("the end is printed in UTC too", () => {
    expect(timeText(new Date("2027-03-01T23:30:00Z"))).toMatch(/Mon 1 Mar(ch)? 23:30 UTC|\(.*23:30 UTC\)$/);
  });
});

describe("the arguments", () => {
  async function printed(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const error = jest.spyOn(console, "error").mockImplementation((line) => lines.push(line));
    const command: Command = { ...silence, positionals: { environment: ["production"] } };
    const code = await execute(
      { ...command, run: (given, operands) => silence.run({ ...given, environment: undefined }, operands) },
      args,
    );
    error.mockRestore();
    expect(code).toBe(1);
    return lines.join("\n");
  }

  test("all faults are printed at once, and nothing is asked of the cluster", async () => {
    expect(await printed("production")).toMatch(
      /^3 faults; nothing was changed:\n- <what>: .*\n.*\n- --for: .*\n.*\n- --because: must state the work\n/,
    );
  });

  test.each([
    [["production", "--list", "--end"], /^Use either/],
    [["production", "ErpDown", "--list"], /^--list takes no further argument/],
    [["production", "--end"], /^--end takes the ids/],
    [["production", "--list", "--for", "1h"], /^--for and --because describe a new silence/],
  ])("%j is refused", async (args, message) => {
    expect(await printed(...args)).toMatch(message);
  });
});

describeWith("alertmanager", "a real Alertmanager with the routes of an environment", (_, program) => {
  const secrets = (url: string) => ({
    "slack-api-url": `${url}/slack/token`,
    "pagerduty-routing-key": "routing-key",
    "heartbeat-url": `${url}/heartbeat/token`,
  });
  let running: Running;
  let other: Running;

  beforeAll(async () => {
    const { alerts, logAlerts } = contributions(production);
    const config = alertmanagerConfig(production, [...alerts, ...logAlerts], causes);
    [running, other] = await Promise.all([
      alertmanager(program, config, secrets),
      alertmanager(program, config, secrets),
    ]);
  });
  afterAll(stopAlertmanagers);

  const broken = new Server("Prometheus", "http://127.0.0.1:1");
  const reachOf =
    (...members: readonly Running[]): Reach =>
    (work) => {
      const servers = members.map(({ url }, index) => new Server(`alertmanager-${index}`, url));
      const [first] = servers as [Server];
      return work({ alertmanager: first, members: async () => servers, prometheus: broken, loki: broken });
    };

  async function run(given: Given, operands: readonly string[], reach = reachOf(running)) {
    const lines: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const error = jest.spyOn(console, "error").mockImplementation(() => {});
    try {
      const code = await runSilence(production, reach, given, operands);
      return { code, text: lines.join("\n") };
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
  }

  const alertsOf = (path: string) =>
    running.received
      .filter((one) => one.path.startsWith(path))
      .map(({ body }) => JSON.stringify(body))
      .join("\n");
  const post = (...names: readonly string[]) =>
    running.post(
      names.map((alertname) => {
        const known = inProduction.find(({ name }) => name === alertname);
        const { cause: _cause, caused_by: _causedBy, ...labels } = known?.labels ?? {};
        return { labels: { alertname, ...labels }, annotations: { summary: alertname, description: alertname } };
      }),
    );

  test("a silenced alert notifies nobody, the heartbeat and other alerts arrive, and the alert arrives after the end", async () => {
    const { code, text } = await run({ for: "1h", because: "upgrade of PostgreSQL" }, ["postgresql"]);
    expect(code).toBe(0);
    expect(text).toMatch(/^Silenced in production: the service postgresql\n/);
    expect(text).toMatch(/PostgresqlDown, /);
    expect(text).toMatch(/The heartbeat is never silenced: the external service pages/);
    expect(text).toMatch(/Until: .* UTC\)?\nBecause: {2}upgrade of PostgreSQL\nBy: {7}\S/);
    const [, id = ""] = /End it earlier: {2}npm run silence -- production --end (\S+)$/.exec(text) ?? [];
    await post("PostgresqlDown", "RedisMemoryHigh", "Heartbeat");
    await eventually(
      () => /RedisMemoryHigh/.test(alertsOf("/slack")) && /Heartbeat/.test(alertsOf("/heartbeat")),
      () => running.received,
    );
    // Longer than the group wait and interval of pages.
    await sleep(2000);
    expect(alertsOf("/pagerduty") + alertsOf("/slack")).not.toMatch(/PostgresqlDown/);
    expect((await run({ list: true }, [])).text).toMatch(
      new RegExp(`: upgrade of PostgreSQL\n.*service="postgresql".*\n.*\n.*--end ${id}$`),
    );
    const ended = await run({ end: true }, [id]);
    expect(ended.text).toBe(
      `${id} is ended: upgrade of PostgreSQL\nThese alerts still fire, and notify people from now on: PostgresqlDown`,
    );
    await eventually(
      () => /PostgresqlDown/.test(alertsOf("/pagerduty")),
      () => running.received,
    );
    expect((await run({ list: true }, [])).text).toBe("Nothing is silenced in production.");
    expect((await run({ end: true }, [id])).text).toMatch(/ended already, at /);
  });

  test("everything leaves the heartbeat loud, and an alert that fires already is named", async () => {
    await post("ErpDown");
    await eventually(
      () => /ErpDown/.test(alertsOf("/pagerduty")),
      () => running.received,
    );
    const { text } = await run({ for: "1h", because: "move of the cluster" }, ["everything"]);
    expect(text).toMatch(/These alerts fire already, and are silenced from now on: .*ErpDown/);
    const before = running.received.length;
    await post("CeleryNoWorkers", "Heartbeat");
    await sleep(2000);
    const after = running.received.slice(before);
    expect(after.some(({ path }) => path.startsWith("/heartbeat"))).toBe(true);
    expect(JSON.stringify(after)).not.toMatch(/CeleryNoWorkers/);
    const [, id = ""] = /--end (\S+)$/.exec(text) ?? [];
    await run({ end: true }, [id]);
  });

  test("an Alertmanager that does not get the silence is reported", async () => {
    const scopes = ["RedisDown"];
    jest.spyOn(console, "error").mockImplementation(() => {});
    const { code, text } = await run({ for: "1h", because: "test" }, scopes, reachOf(running, other));
    expect(text).toMatch(/WARNING: alertmanager-1 of 2 Alertmanagers did not get the silence/);
    expect(code).toBe(1);
  }, 30_000);

  test("a name without an alert creates nothing, and an unknown id ends nothing", async () => {
    const before = (await run({ list: true }, [])).text;
    await expect(run({ for: "1h", because: "test" }, ["redis", "rediss"])).rejects.toThrow(/did you mean "redis"/);
    await expect(run({ end: true }, ["no-id"])).rejects.toThrow(Faults);
    expect((await run({ list: true }, [])).text).toBe(before);
  });
});
