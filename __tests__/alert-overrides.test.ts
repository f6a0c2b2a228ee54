import { requiredPages } from "../alerts/alertmanager/required-pages";
import { overrideNotices, pastOverrides } from "../commands/override-notices";
import { checkOverrideStories } from "../commands/override-stories";
import { alertsPage } from "../commands/rendering/alerts-page";
import type { AnyAlert } from "../kit/alerts/alert";
import { panelsOf } from "../kit/dashboards/model";
import { completeEnvironment } from "../settings/complete-environment";
import type { Environment } from "../settings/environment";
import { signals } from "../signals";
import { alertMatchers } from "../subjects/alert-teams";
import { contributions } from "../subjects/listings";
import { azure } from "./fixtures/azure";
import { existing } from "./fixtures/existing";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

type Overrides = NonNullable<Environment["alerts"]>;

const because = "of a test";
const changed = signals(azure);
const alertOf = (title: string) => changed.alerts.find((alert) => alert.title === title) as AnyAlert;
const models = [...changed.platform.dashboards, ...changed.erp.dashboards].map(({ model }) => model);
const panels = models.flatMap(panelsOf);
const panelOf = (title: string) => panels.find((panel) => panel.title === title);
const stepsOf = (title: string) => panelOf(title)?.fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value);

function faultsOf(alerts: Overrides, environment: Environment = production): readonly string[] {
  return signals({ ...environment, alerts }).faults.map(
    ({ place, rule, value, remedy }) => `${place}: ${rule}, got ${value}; ${remedy}`,
  );
}

describe("an override", () => {
  test("changes the rule of an alert on metrics and of one on logs", () => {
    expect(alertOf("RedisMemoryHigh").expression.text).toMatch(/ > 0\.95$/);
    expect(alertOf("VolumeInodesLow").expression.text).toContain("< 0.03");
    expect(alertOf("ErpErrorLinesHigh").expression.text).toContain("> 0.2");
    const { for: lasting, severity, limit } = alertOf("ErpRouteSlow");
    expect([lasting, severity, limit.value]).toEqual(["20m", "info", 0.05]);
  });

  test("of one variant leaves the others as they are, and its text states the new limit", () => {
    expect(alertOf("ErpErrorBudgetBurn 1h").limit.value).toBe(14.4);
    const { expression, description } = alertOf("ErpErrorBudgetBurn 6h");
    expect(expression.text.match(/> 8\b/g)).toHaveLength(2);
    expect(description).toContain("At a burn rate of 8, the error budget is used up in 3.8 days.");
  });

  test("of a name changes all of its variants, except those with an override of their own", () => {
    const { alerts } = contributions({
      ...production,
      alerts: {
        ErpErrorBudgetBurn: { severity: "info", because },
        "ErpErrorBudgetBurn 1h": { above: 20, because },
      },
    });
    const variants = alerts.filter(({ name }) => name === "ErpErrorBudgetBurn");
    expect(variants.map(({ severity, limit }) => [severity, limit.value])).toEqual([
      ["critical", 20],
      ["info", 6],
      ["info", 3],
      ["info", 1],
    ]);
  });

  test("changes a condition that contains the limit", () => {
    const alerts = { ErpTrafficDrop: { below: 0.2, because } };
    const found = contributions({ ...production, alerts }).alerts.find(({ name }) => name === "ErpTrafficDrop");
    expect(found?.expression.text).toContain("< 0.2 * ");
    expect(found?.expression.text).not.toContain("0.3");
  });

  test("changes the team, also of an alert whose service belongs to another team", () => {
    const { alerts } = contributions(existing);
    const teamOf = (title: string) => alerts.find((alert) => alert.title === title)?.team;
    expect(teamOf("RedisMemoryHigh")).toBe("platform");
    expect(teamOf("RedisDown")).toBe("payments");
    expect(teamOf("VolumeInodesLow")).toBe("payments");
    expect(teamOf("ErpErrorBudgetBurn 1h")).toBe("payments");
    expect(teamOf("ErpErrorBudgetBurn 6h")).toBe("erp");
    expect(alertsPage(existing)).toContain(
      "- RedisMemoryHigh: team platform instead of payments, because the platform chooses the size of Redis.\n",
    );
  });

  test("leaves each alert in the dashboards of the ERP or of the platform, whichever team it notifies", () => {
    const [erpAlert, platformAlert] = ["RedisDown", "NodeNotReady"].map(
      (title) => contributions(production).alerts.find((alert) => alert.title === title) as AnyAlert,
    ) as [AnyAlert, AnyAlert];
    const matchers = (alerts: Overrides) =>
      (["erp", "platform"] as const).map((team) =>
        alertMatchers([erpAlert, platformAlert], team, { teams: { erp: {} }, alerts }),
      );
    expect(matchers({})).toEqual(['team="erp"', 'team="platform"']);
    expect(matchers({ RedisDown: { team: "platform", because } })).toEqual([
      'team=~"platform",service=~"redis"',
      'team=~"platform",service=~"nodes"',
    ]);
    expect(matchers({ NodeNotReady: { team: "erp", because } })).toEqual([
      'team=~"erp",service=~"redis"',
      'team=~"erp",service=~"nodes"',
    ]);
  });

  test("moves the limit of each panel that shows the alert, and removes the limit of one that is off", () => {
    const ofRedis = models.filter(({ uid }) => uid === "erp-redis").flatMap(panelsOf);
    const limits = ofRedis.flatMap(({ title = "", fieldConfig }) =>
      title.startsWith("Memory use") ? [fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value)] : [],
    );
    expect(limits.length).toBeGreaterThan(1);
    expect(limits).toEqual(limits.map(() => [null, 0.95]));
    expect(stepsOf("Error line ratio")).toEqual([null, 0.2]);
    expect(stepsOf("Requests, % of last week")).toEqual([null, 0.5]);
    expect(
      panelOf("Requests, % of last week")?.fieldConfig?.defaults.thresholds?.steps.map(({ color }) => color),
    ).toEqual(["yellow", "green"]);
  });

  test("is stated in panels that name an alert that is off, or that has another severity", () => {
    const described = panels.filter(({ description = "" }) => /ErpTrafficDrop/.test(description));
    expect(described.length).toBeGreaterThan(0);
    for (const { description } of described)
      expect(description).toContain(
        "In azure, ErpTrafficDrop is switched off: the traffic of this shop follows its campaigns.",
      );
    expect(panels.some(({ description = "" }) => description.includes("ErpRouteSlow has the severity info"))).toBe(
      true,
    );
    expect(panels.some(({ description = "" }) => /In azure, RedisMemoryHigh/.test(description))).toBe(false);
  });

  test("is in the list of alerts with its reason and its effect on other alerts", () => {
    const page = alertsPage(azure);
    expect(page).toContain(
      "- RedisMemoryHigh: above 95 % instead of 85 %, because the cache may use all of maxmemory.\n",
    );
    expect(page).toContain(
      "- ErpRouteSlow: for 20m instead of 10m, severity info instead of warning, because a route is slow until its report is rewritten. Last day: 2027-03-01.\n",
    );
    expect(page).toMatch(
      /- ErpTrafficDrop: off, because .*These alerts stay silent in cases that it covers: .*ErpRouteFails/,
    );
    expect(page).toMatch(/- ErpErrorBudgetBurn 6h: .*It no longer inhibits/s);
    expect(page).toMatch(/## Switched off[\s\S]*- ErpTrafficDrop: the traffic .*\(`alerts\.ErpTrafficDrop\.off`\)/);
  });
});

test("the pages that production requires exist, and notify somebody", () => {
  const { alerts } = contributions(completeEnvironment);
  const found = alerts.filter(({ title }) => title in requiredPages);
  expect(found.map(({ title }) => title).sort()).toEqual(Object.keys(requiredPages).sort());
  expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(["critical", "heartbeat"]));
});

describe("synth refuses an override", () => {
  const faults = faultsOf({
    RedisMemoryHihg: { off: true, because },
    PostgresqlBackupOld: { off: true, because },
    RedisDown: { above: 2, because },
    RedisMemoryHigh: { above: 95, because },
    AlertmanagerMembersMissing: { below: 2, because },
    ErpErrorBudgetBurn: { above: 9, because },
    ErpLatencyBudgetBurn: { for: "5m", because },
    PostgresqlDown: { severity: "info", because },
    ErpDown: { off: true, because },
    Heartbeat: { severity: "warning", team: "platform", because },
    RedisEvictsTasks: { team: "platfrom", because },
    "ErpErrorBudgetBurn 1h": { severity: "warning", because },
  });

  test.each([
    [
      "of an unknown alert",
      '.RedisMemoryHihg: must be the name of an alert, got RedisMemoryHihg; did you mean "RedisMemoryHigh"?',
    ],
    [
      "of an alert that a setting switches off",
      ".PostgresqlBackupOld: must be an alert of the environment, which does not have it: the environment does not set `erp.postgresql.backup`, got PostgresqlBackupOld; remove the override",
    ],
    [
      "on the other side of the limit",
      ".RedisDown.above: must be `below`: the alert fires when its measure is below 1, got 2; write `below` instead",
    ],
    [
      "outside of the unit",
      ".RedisMemoryHigh.above: must be from 0 to 1, because it is a ratio, got 95; the limit of the product is 0.85",
    ],
    [
      "of a limit that a setting decides",
      ".AlertmanagerMembersMissing.below: must not be set: `alertmanager.replicas` decides this limit, got 2; change `alertmanager.replicas`, or remove `below`",
    ],
    [
      "of the limits of several alerts",
      '.ErpErrorBudgetBurn.above: must name one alert, because 3 alerts with different limits are called ErpErrorBudgetBurn, got 9; change one of "ErpErrorBudgetBurn 6h", "ErpErrorBudgetBurn 1d", "ErpErrorBudgetBurn 3d"',
    ],
    [
      "with a time for an alert that fires at once",
      ".ErpLatencyBudgetBurn.for: must not be set: the alert fires at once, because its measure already covers a period of time, got 5m; change `above` instead, or `severity`",
    ],
    [
      "that stops a required page",
      ".ErpDown.off: must page in tier `production`: no pod of the API works, got true; remove `off`",
    ],
    [
      "of the severity of the heartbeat",
      ".Heartbeat.severity: must not be set: an external service receives this alert while everything works, got warning; remove it",
    ],
    [
      "of the team of the heartbeat",
      ".Heartbeat.team: must not be set: an external service receives this alert while everything works, got platform; remove it",
    ],
    [
      "to an unknown team",
      '.RedisEvictsTasks.team: must be a team of the environment, got platfrom; did you mean "platform"?',
    ],
    [
      "that lowers a required page",
      '["ErpErrorBudgetBurn 1h"].severity: must page in tier `production`: it is the fastest alert about requests that fail, got "warning"; remove `severity`',
    ],
  ])("%s", (_, expected) => {
    expect(faults).toContain(`config/production.ts: alerts${expected}`);
  });

  test("that would inhibit alerts without notifying anybody", () => {
    const [fault, ...others] = faults.filter((one) => one.includes("PostgresqlDown"));
    expect(others).toEqual([]);
    expect(fault).toMatch(
      /^config\/production\.ts: alerts\.PostgresqlDown\.severity: must not be info: while the alert fires, it inhibits .*ErpRouteSlow.*, and nobody would be notified, got info; use `warning`, or `off: true`/,
    );
  });

  test("and reports nothing else", () => {
    expect(faults).toHaveLength(13);
  });
});

test("tier staging requires no page", () => {
  expect(faultsOf({ ErpDown: { off: true, because } }, { ...production, tier: "staging" })).toEqual([]);
});

describe("notices", () => {
  const synthesized = new Map([[azure, changed]]);

  test("list what is off", () => {
    expect(overrideNotices(synthesized, new Date("2027-03-01T23:59:59Z"))).toEqual([
      "azure switches off alerts of the product. rendered/azure/alerts.md lists what follows for other alerts:\n  ErpTrafficDrop, because the traffic of this shop follows its campaigns",
    ]);
  });

  test("list the alerts that can notify before the alert that inhibits them fires, as with the product they cannot", () => {
    // `for` of the product is 30s for RedisDown, 1m for ErpNewException and 10m for ErpRouteSlow.
    const alerts = { RedisDown: { for: "90s", because }, ErpNewException: { for: "80s", because } };
    const environment = { ...production, alerts };
    expect(overrideNotices(new Map([[environment, signals(environment)]]), new Date())).toEqual([
      expect.stringMatching(
        /^With the overrides of production, alerts can notify before the alert that inhibits them fires: ErpNewException before RedisDown\. /,
      ),
    ]);
    expect(alertsPage(environment)).toMatch(
      /- RedisDown: for 90s .* Alerts can notify before the alert that inhibits them fires: ErpNewException before RedisDown\./,
    );
  });

  test("name an override after its last day, and not before", () => {
    expect(pastOverrides(synthesized, new Date("2027-03-01T23:59:59Z"))).toEqual([]);
    expect(pastOverrides(synthesized, new Date("2027-03-02T00:00:00Z"))).toEqual([
      { place: "config/azure.ts: alerts.ErpRouteSlow", until: "2027-03-01" },
    ]);
    expect(overrideNotices(synthesized, new Date("2027-03-02T00:00:00Z")).at(-1)).toBe(
      "The last day of an override was 2027-03-01, and the override still has effect. Remove config/azure.ts: alerts.ErpRouteSlow, or change its `until`.",
    );
  });
});

describe("before a deployment", () => {
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test("the missing programs are named, with the alerts that were not played", async () => {
    await checkOverrideStories(azure, () => ({ promtool: undefined, playLogs: undefined }));
    expect(printed).toEqual([
      expect.stringMatching(/^promtool: not installed, so the scenarios of .*RedisMemoryHigh.* were not played/),
      expect.stringMatching(/^loki: not installed, so the scenarios of ErpErrorLinesHigh were not played/),
    ]);
  });

  describeWith("promtool", "with promtool", (promtool) => {
    const find = () => ({ promtool, playLogs: undefined });

    test("the scenarios of the changed alerts pass", async () => {
      await checkOverrideStories(azure, find);
      expect(printed[0]).toMatch(/^promtool: accepts the overrides of /);
    });

    test("an override whose scenario fails is refused, with the name of the scenario", async () => {
      const alerts = { RedisMemoryHigh: { for: "4m", because } };
      await expect(checkOverrideStories({ ...azure, alerts }, find)).rejects.toThrow(
        '1 fault; nothing was deployed:\n- config/azure.ts: alerts.RedisMemoryHigh: must keep every scenario of the alert true; with the override, this one fails: "an import fills the queue for five minutes"',
      );
    });
  });
});
