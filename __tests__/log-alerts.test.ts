import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LogScenarios } from "../commands/prove/log-scenarios";
import { request } from "../commands/request";
import { logAlert } from "../kit/alerts/log-alert";
import { mutants } from "../kit/alerts/mutants/mutants";
import type { AlertingRule, RuleGroup } from "../kit/alerts/rule-group";
import { signals } from "../signals";
import { contributions } from "../subjects/listings";
import { production } from "./fixtures/production";
import { type Loki, loki } from "./logs/loki-process";
import { until } from "./logs/program";
import { lokiSettings } from "./logs/settings";
import { listener } from "./notifications/listener";
import { describeWith } from "./tools";

const minute = 60_000;

describeWith("loki", "alerts on logs, in a real Loki", (_, path) => {
  const { logAlerts } = contributions(production);
  let running: Loki;
  let scenarios: LogScenarios;
  beforeAll(async () => {
    running = await loki(path, () => ({
      auth_enabled: true,
      ingester: { max_chunk_age: "24h", wal: { enabled: false } },
    }));
    scenarios = new LogScenarios(running);
  }, minute);
  afterAll(() => running.stop("SIGKILL"));

  test.each(logAlerts)(
    "$name fires and stays silent as its scenarios say",
    async (given) => {
      expect(await scenarios.failures(given)).toEqual([]);
    },
    minute,
  );

  test.each(logAlerts)(
    "$name with one deliberate mistake fails at least one of its scenarios",
    async (given) => {
      const unnoticed: string[] = [];
      for (const mutant of mutants(given, logAlert, new Map())) {
        if ((await scenarios.failures(mutant.alert, given)).length === 0)
          unnoticed.push(`no scenario fails if ${mutant.mistake}`);
      }
      expect(unnoticed).toEqual([]);
    },
    minute,
  );
});

describeWith("loki", "Loki's ruler", (_, path) => {
  const groups = signals(production).logs.rules;
  let alertmanager: Awaited<ReturnType<typeof listener>>;
  let running: Loki;
  beforeAll(async () => {
    alertmanager = await listener();
    running = await loki(path, (folder) => {
      mountedRules(join(folder, "rules", "fake"), { groups: groups.map(fasterGroup) });
      const { rulerConfig } = lokiSettings();
      const storage = { type: "local", local: { directory: join(folder, "rules") } };
      return { ruler: { ...rulerConfig, storage, alertmanager_url: alertmanager.url, poll_interval: "1s" } };
    });
  }, minute);
  afterAll(async () => {
    alertmanager.close();
    await running.stop("SIGKILL");
  });

  test(
    "loads and evaluates all of our rules",
    async () => {
      const expected = groups.flatMap(({ rules }) => rules).flatMap((rule) => ("alert" in rule ? rule.alert : []));
      await until(async () => (await evaluatedAlerts(running.url)).length === expected.length, running.output);
      expect((await evaluatedAlerts(running.url)).sort()).toEqual(expected.sort());
    },
    minute,
  );

  test(
    "sends firing alerts to Alertmanager, with the labels and texts of our other alerts",
    async () => {
      const fired = () => alertmanager.received.flatMap(({ body }) => body);
      await until(() => fired().length > 0, running.output);
      const rule = groups.flatMap(({ rules }) => rules).find((one) => "alert" in one && one.alert === "ErpLogsMissing");
      const { labels, annotations } = rule as AlertingRule;
      expect(alertmanager.received[0]?.path).toBe("/api/v2/alerts");
      expect(fired()[0]).toMatchObject({
        labels: { ...labels, alertname: "ErpLogsMissing" },
        annotations: {
          ...annotations,
          description:
            "Loki received 0 log lines from the ERP in the last ten minutes. Either the ERP writes no lines, or its lines do not reach Loki.",
        },
      });
    },
    minute,
  );
});

/** A ConfigMap as the kubelet mounts it: its files are links to the files of the newest version. */
function mountedRules(folder: string, rules: object): void {
  const version = join(folder, "..2026_01_01_00_00_00.1");
  mkdirSync(version, { recursive: true });
  writeFileSync(join(version, "rules.yaml"), JSON.stringify(rules));
  symlinkSync("..2026_01_01_00_00_00.1", join(folder, "..data"));
  symlinkSync("..data/rules.yaml", join(folder, "rules.yaml"));
}

/** A rule group with a shorter interval and shorter durations. */
function fasterGroup({ name, rules }: RuleGroup): RuleGroup {
  return { name, interval: "1s", rules: rules.map((rule) => ({ ...rule, for: "1s" })) };
}

/**
 * Names of the alerts that were evaluated without an error.
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/#list-rules
 */
async function evaluatedAlerts(url: string): Promise<string[]> {
  const response = await request(`${url}/prometheus/api/v1/rules`, { headers: { "X-Scope-OrgID": "fake" } });
  const { data } = (await response.json()) as { data: { groups: { rules: { name: string; health: string }[] }[] } };
  return data.groups.flatMap(({ rules }) => rules).flatMap(({ name, health }) => (health === "ok" ? name : []));
}
