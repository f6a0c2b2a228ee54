import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackName } from "../commands/stack-name";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { beatSchedule } from "../settings/beat-schedule";
import { sentryServices } from "../settings/sentry-receivers";
import { validate } from "../settings/validate";
import { sentryAlertsOf } from "../subjects/listings";
import { azure } from "./fixtures/azure";
import { bare } from "./fixtures/bare";
import { everyChoice } from "./fixtures/choices";
import { production } from "./fixtures/production";
import { changeSettings } from "./settings/change";

const stacks = synthesizedStacks(everyChoice);
const stackOf = (name: string) => stacks.find((stack) => stack.name === name);
const ofType = (name: string, type: string) =>
  (stackOf(name)?.resources ?? []).filter((resource) => resource.type === type).map((resource) => resource.arguments);

test("only environments with a project in Sentry load its provider, in a stack outside the glob of the environment", () => {
  const loading = stacks.filter(({ settings }) => JSON.stringify(settings).includes("jianyuan/sentry"));
  expect(loading.map(({ name }) => name).sort()).toEqual(["sentry-azure", "sentry-bare"]);
  expect(stackName("sentry-azure")).toEqual({ environment: "azure", layer: "sentry" });
});

test("no resource is used whose state would contain a DSN or a key, and none that is deprecated", () => {
  const types = stacks.flatMap(({ settings, resources }) => [
    ...resources.map(({ type }) => type),
    ...Object.keys((settings.data ?? {}) as object),
  ]);
  expect([...new Set(types.filter((type) => type.startsWith("sentry_")))].sort()).toEqual([
    "sentry_alert",
    "sentry_cron_monitor",
    "sentry_organization_integration",
    "sentry_project",
    "sentry_project_error_monitor",
    "sentry_project_inbound_data_filter",
    "sentry_project_ownership",
    "sentry_team",
    "sentry_uptime_monitor",
  ]);
});

test("the cron monitors of the reference ERP are the entries of its schedule", () => {
  const [program, settings] = ["app/worker.py", "app/core/config.py"].map((path) =>
    readFileSync(join(__dirname, "..", "erp", path), "utf8"),
  ) as [string, string];
  const [, schedule = ""] = /beat_schedule = \{\n(.*?)\n\}\n/s.exec(program) ?? [];
  const entries = [...schedule.matchAll(/^ {4}"([^"]+)": \{.*?"schedule": (.+?),\n/gms)].map(([, name, when = ""]) => {
    const [, minute] = /^crontab\(minute=(\d+)\)$/.exec(when) ?? [];
    const [, setting] = /^settings\(\)\.(\w+)$/.exec(when) ?? [];
    const [, seconds] = new RegExp(`${setting}: Seconds = (\\d+)`).exec(settings) ?? [];
    return [name, minute ? { crontab: `${minute} * * * *` } : { everyMinutes: Number(seconds) / 60 }];
  });
  expect(Object.fromEntries(entries)).toEqual(beatSchedule);
  expect(
    ofType("sentry-azure", "sentry_cron_monitor")
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(beatSchedule).sort());
});

test("alerts notify the chat in Slack with the address of their runbook", () => {
  const alerts = ofType("sentry-azure", "sentry_alert");
  expect(alerts.map(({ name }) => name).sort()).toEqual(
    sentryAlertsOf(azure)
      .map(({ name }) => name)
      .sort(),
  );
  for (const { name, action_filters: filters } of alerts) {
    const [{ actions }] = filters as [{ readonly actions: object }];
    const notes = `Runbook: ${azure.runbookBaseUrl}/${name}.md`;
    expect(actions).toMatchObject([{ slack: { channel_name: "#erp-production", notes } }]);
  }
});

test("alerts notify PagerDuty as a warning, and the team by mail where the chat is a mailbox", () => {
  const [{ action_filters: filters }] = ofType("sentry-bare", "sentry_alert") as [Record<string, unknown>];
  expect(filters).toMatchObject([
    { actions: [{ pagerduty: { service_id: "17", severity: "warning" } }, { email: { target_type: "team" } }] },
  ]);
});

test("the alerts of a service notify the chat of its team", () => {
  const chat = { slack: { channel: "#beat", apiUrlKey: "slack-api-url" } };
  const given = changeSettings(azure, { teams: { scheduling: { chat, services: ["erp-beat"] } } });
  const alerts = synthesizedStacks([given as typeof azure])
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === "sentry_alert");
  const channels = Object.fromEntries(
    alerts.map(({ id, arguments: { action_filters: filters } }) => [
      id,
      JSON.stringify(filters).match(/"channel_name":"(.*?)"/)?.[1],
    ]),
  );
  expect(channels).toMatchObject({ SentryCronMissed: "#beat", SentryNewIssue: "#erp-production" });
});

test("an alert only names services whose receivers the settings check", () => {
  const services = [azure, bare].flatMap(sentryAlertsOf).map(({ service }) => service);
  expect([...new Set(services)].filter((service) => !sentryServices.some((one) => one === service))).toEqual([]);
});

test("uptime monitors request the public route of each host, and only where the environment wants them", () => {
  expect(ofType("sentry-azure", "sentry_uptime_monitor").map(({ url }) => url)).toEqual([
    "https://erp.azure.shop.test/api/v1/status",
  ]);
  expect(ofType("sentry-bare", "sentry_uptime_monitor")).toEqual([]);
  expect(sentryAlertsOf(bare).map(({ name }) => name)).not.toContain("SentryPublicRouteDown");
});

test.each(["sentry", "eu-erp", "base", "monitoring"])("an environment named %s has no project in Sentry", (name) => {
  expect(() => validate([changeSettings(azure, { name })])).toThrow(/erp\.sentry\.project: must not be set/);
});

test("two environments have different projects, and no name is the beginning of the name of a stack", () => {
  const [{ project }] = [azure.erp.sentry as Extract<typeof azure.erp.sentry, { mode: "managed" }>];
  const twice = changeSettings(production, { "erp.sentry.project": project });
  expect(() => validate([azure, twice])).toThrow(/erp\.sentry\.project: must be unique/);
  expect(() => validate([azure, changeSettings(production, { name: "sentry" })])).toThrow(
    /`cdktf deploy '<env>-\*'` of that one would deploy it/,
  );
});
