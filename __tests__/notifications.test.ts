import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import PostalMime from "postal-mime";
import { alertmanagerConfig } from "../alerts/alertmanager/alertmanager-config";
import { notificationMessages } from "../alerts/alertmanager/notification-messages";
import { erpDown } from "../alerts/erp-api/erp-down";
import type { Fault } from "../faults";
import { type Alert, type AlertForm, type AnyAlert, alert } from "../kit/alerts/alert";
import { labelOf } from "../kit/alerts/causes";
import { checkAlert } from "../kit/alerts/check-alert";
import { checkInhibitions } from "../kit/alerts/check-inhibitions";
import type { Limit } from "../kit/alerts/limit";
import { ruleGroups, ruleLabels } from "../kit/alerts/rule-group";
import type { AlertmanagerConfig, Route } from "../kit/notifications/alertmanager-configuration";
import { checkNotifications } from "../kit/notifications/check-notifications";
import { type Labels, parseMatcher } from "../kit/notifications/label-matcher";
import { routesOf } from "../kit/notifications/routes-of";
import { escapePattern } from "../kit/queries/escape-pattern";
import { promql } from "../kit/queries/query";
import { erpApi } from "../metrics/erp-api/erp-api-metrics";
import type { Environment } from "../settings/environment";
import { causes, contributions } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { existing } from "./fixtures/existing";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";
import {
  alertmanager,
  eventually,
  type Posted,
  type Running,
  speedup,
  stopAlertmanagers,
  writeConfig,
} from "./notifications/alertmanager-process";
import { hostileTexts } from "./notifications/hostile-texts";
import { mailServer } from "./notifications/mail-server";
import { readSlack } from "./notifications/slack-text";
import { readTeams } from "./notifications/teams-text";
import { readTelegram } from "./notifications/telegram-text";
import { describeWith } from "./tools";

const { vocabulary } = contributions(production).catalogue;
const publication = { environment: production.name, runbookBaseUrl: production.runbookBaseUrl };
const { above: _above, cause: _cause, ...form } = erpDown;

function like(changed: Partial<AlertForm>): Alert {
  return alert({ ...form, ...changed } as AlertForm & { readonly below: Limit });
}

function startingWith(text: string): RegExp {
  return new RegExp(`^${escapePattern(text)}`);
}

function faultTexts(faults: readonly Fault[]): string[] {
  return faults.map(({ place, rule, value, remedy }) =>
    [`${place}: ${rule}`, value, remedy].filter(Boolean).join(" | "),
  );
}

function alertsOf(environment: Environment): readonly AnyAlert[] {
  const { alerts, logAlerts } = contributions(environment);
  return [...alerts, ...logAlerts];
}

describe("a cause inhibits its symptoms", () => {
  const byDependency = promql`min by (dependency) (${erpApi.dependencyUp})`;

  test("both have the labels for it", () => {
    const [group] = ruleGroups(
      [like({ cause: "postgresql" }), like({ causedBy: ["redis", "{{ $labels.dependency }}"] })],
      [],
      publication,
    );
    const [cause, symptom] = group?.rules ?? [];
    expect(cause).toMatchObject({ labels: { cause: "postgresql" } });
    expect(symptom).toMatchObject({ labels: { caused_by: "redis,{{ $labels.dependency }}" } });
  });

  test.each<[string, Partial<AlertForm>]>([
    ['alert ErpDown: cause: must be a known cause | postgres | did you mean "postgresql"?', { cause: "postgres" }],
    [
      "alert ErpDown: causedBy: must not name the cause that this alert reports | redis | remove it",
      { cause: "redis", causedBy: ["redis"] },
    ],
    [
      'alert ErpDown: causedBy: must not read the label "dependency", which some series of the expression lack | keep it in every branch, such as by "sum by (dependency) (…)"',
      { causedBy: ["{{ $labels.dependency }}"] },
    ],
    [
      "alert ErpDown: severity: must be one of critical, warning, info, heartbeat | page | use `critical` to page, or `warning` to notify the chat",
      { severity: "page" as "critical" },
    ],
  ])("%s", (message, changed) => {
    expect(faultTexts(checkAlert(like(changed), vocabulary, { causes }))).toEqual([message]);
  });

  test("alerts that inhibit each other are refused, also through a label", () => {
    const one = like({ name: "One", cause: "erp-api", causedBy: ["postgresql"] });
    const other = like({ name: "Other", cause: "postgresql", causedBy: ["redis"] });
    const third = like({
      name: "Third",
      cause: "redis",
      measure: byDependency,
      causedBy: ["{{ $labels.dependency }}"],
    });
    expect(faultTexts(checkInhibitions([one, other, third], vocabulary))).toEqual([
      "alert Other: causedBy: must not be inhibited by an alert that it inhibits | Other → Third → Other | decide which of them is the cause, and remove `causedBy` from it",
      "alert Third: causedBy: must not be inhibited by an alert that it inhibits | Third → Other → Third | decide which of them is the cause, and remove `causedBy` from it",
    ]);
  });

  test("a warning cannot inhibit a critical alert, so the two may name each other", () => {
    const page = like({ name: "Page", cause: "erp-api", causedBy: ["redis"] });
    const warning = like({ name: "Warning", severity: "warning", cause: "redis", causedBy: ["erp-api"] });
    expect(checkInhibitions([page, warning], vocabulary)).toEqual([]);
  });
});

describe("a configuration that would lose alerts is refused", () => {
  const sound = alertmanagerConfig(production, [erpDown], causes);
  const messages = notificationMessages(sound.receivers);
  const faults = (changed: Partial<AlertmanagerConfig>) =>
    faultTexts(
      checkNotifications({ ...sound, ...changed }, { environment: "production", alerts: [erpDown], messages }),
    );
  const routed = (...routes: Route[]) => ({
    route: { ...sound.route, routes: [...(sound.route.routes ?? []), ...routes] },
  });
  const withTitle = (title: string) => ({
    receivers: sound.receivers.map((one) => (one.name === "chat" ? { name: "chat", slack_configs: [{ title }] } : one)),
  });
  const inhibited = (by: string, what: string, equal: string) => ({
    inhibit_rules: [{ source_matchers: [by], target_matchers: [what], equal: [equal] }],
  });

  test.each(everyChoice)("and the configuration of $name is accepted", (environment) => {
    const alerts = alertsOf(environment);
    const config = alertmanagerConfig(environment, alerts, causes);
    const context = {
      environment: environment.name,
      alerts,
      messages: notificationMessages(config.receivers),
      mayReachNobody: environment.tier === "local",
    };
    expect(checkNotifications(config, context)).toEqual([]);
  });

  test("and a time interval whose name begins with a digit is accepted", () => {
    expect(faults({ time_intervals: [{ name: "24x7", time_intervals: [] }] })).toEqual([]);
  });

  test.each<[string, Partial<AlertmanagerConfig>]>([
    [
      'alertmanager: route to "chat" of {}: group_wait: must be a Prometheus duration | 30 | write a number and a unit, such as `30s`',
      { route: { ...sound.route, group_wait: "30" } },
    ],
    [
      'alertmanager: route to "chat" of {}: group_interval: must be a Prometheus duration above 0 | 0s | write a number and a unit, such as `30s`',
      { route: { ...sound.route, group_interval: "0s" } },
    ],
    [
      'alertmanager: route to "pager" of {team="erp"}: repeat_interval: must not be below the group interval, which is 5m: Alertmanager would not repeat sooner | 1m | raise it, or lower `group_interval`',
      routed({ receiver: "pager", matchers: ['team="erp"'], repeat_interval: "1m" }),
    ],
    [
      'alertmanager: root route: matchers: must not be set, because the root route takes every alert that no other route takes | team="erp" | set it on a route below the root',
      { route: { ...sound.route, matchers: ['team="erp"'] } },
    ],
    [
      'alertmanager: route to "chat" of {}: group_by: must list names of labels, each once | service | correct or remove it',
      { route: { ...sound.route, group_by: ["service", "service"] } },
    ],
    [
      'alertmanager: route: not a regular expression of RE2: missing closing ): `erp(` | namespace=~"erp(" | correct it; RE2 has no look-around, no back-references and no possessive quantifiers',
      routed({ receiver: "chat", matchers: ['namespace=~"erp("'] }),
    ],
    [
      'alertmanager: route: must have matchers of the form label, operator, value in quotes | namespace | write it such as severity="critical"',
      routed({ receiver: "chat", matchers: ["namespace"] }),
    ],
    [
      'alertmanager: receiver "chat": must insert an existing template | erp.titel | did you mean "erp.title"?',
      withTitle('{{ template "erp.titel" . }}'),
    ],
    [
      'alertmanager: receiver "chat": {{ .CommonLabels.alertname is not closed | close it with }}',
      withTitle("{{ .CommonLabels.alertname"),
    ],
    [
      'alertmanager: inhibition by {severity="critical"}: equal: must name a label: otherwise a cause in one environment inhibits the alerts of all others | write a label that every alert of both sides has, such as `environment`',
      {
        inhibit_rules: [{ source_matchers: ['severity="critical"'], target_matchers: ['severity="info"'], equal: [] }],
      },
    ],
    [
      'alertmanager: route to "pagre" of {team="erp"}: must name an existing receiver | pagre | did you mean "pager"?',
      routed({ receiver: "pagre", matchers: ['team="erp"'] }),
    ],
    [
      'alertmanager: route to "chat" of {team="erp"}: must name an existing time interval | nights | add a time interval, or remove the name',
      routed({ receiver: "chat", matchers: ['team="erp"'], mute_time_intervals: ["nights"] }),
    ],
    [
      'alertmanager: route to "chat" of {severity="page"}: must match a severity that an alert can have | page | use one of critical, warning, info, heartbeat, none',
      routed({ receiver: "chat", matchers: ['severity="page"'] }),
    ],
    [
      'alertmanager: route to "pager" of {severity=~"critical|warning", service="erp-api"}: must not come after routes that match all of its alerts | move it up, or set on the earlier routes `continue`',
      routed({ receiver: "pager", matchers: ['severity=~"critical|warning"', 'service="erp-api"'] }),
    ],
    [
      'alertmanager: receiver "mail": must be reached by a route | add a route to it, or remove it',
      { receivers: [...sound.receivers, { name: "mail", email_configs: [{}] }] },
    ],
    [
      'alertmanager: receiver "chat": must have a unique name | rename one of the receivers with this name',
      { receivers: [...sound.receivers, { name: "chat", slack_configs: [{}] }] },
    ],
    [
      'alertmanager: time interval "At night": must be named in lower-case letters, digits and dashes | name it such as `chat`',
      { time_intervals: [{ name: "At night", time_intervals: [] }] },
    ],
    [
      'alertmanager: inhibition by {severity="critical"}: must not inhibit its own source | ErpDown | exclude that alert from one of the two sides',
      inhibited('severity="critical"', 'service="erp-api"', "environment"),
    ],
    [
      'alertmanager: inhibition by {severity="critical"}: equal: must name labels that every alert of both sides has | namespace | remove it, or give the label to all of these alerts',
      inhibited('severity="critical"', 'severity="info"', "namespace"),
    ],
  ])("%s", (message, changed) => {
    expect(faults(changed)).toEqual([message]);
  });

  test("a route to a receiver that pages nobody is refused", () => {
    const receivers = sound.receivers.map(({ name, ...ways }) =>
      /pager|chat/.test(name) ? { name } : { name, ...ways },
    );
    expect(faults({ receivers })).toEqual([
      'alertmanager: receiver "pager": must have an integration: its notifications would be dropped | add one, such as `slack_configs` or `webhook_configs`, or send to `nobody`',
      'alertmanager: receiver "chat": must have an integration: its notifications would be dropped | add one, such as `slack_configs` or `webhook_configs`, or send to `nobody`',
    ]);
  });

  test("a route that takes a page to nobody is refused", () => {
    const routes = [{ receiver: "nobody", matchers: ['severity="critical"'] }];
    expect(faults({ route: { ...sound.route, routes } })).toContain(
      "alert ErpDown: must reach a receiver with an integration, because its severity is critical | change its route, or add an integration to its receiver",
    );
  });

  test("a receiver that is misspelt in all of its routes is one fault", () => {
    const misspell = (route: Route): Route => ({
      ...route,
      receiver: route.receiver.replace("chat", "chta"),
      routes: route.routes?.map(misspell),
    });
    expect(faults({ route: misspell(sound.route) })).toEqual([
      'alertmanager: route to "chta" of {}: must name an existing receiver | chta | did you mean "chat"?',
    ]);
  });
});

describeWith("amtool", "Alertmanager's own checks", (amtool) => {
  const secrets = { "slack-api-url": "", "pagerduty-routing-key": "", "heartbeat-url": "" };
  const written = new Map(
    everyChoice.map((one) => [one.name, writeConfig(alertmanagerConfig(one, alertsOf(one), causes), secrets)]),
  );
  afterAll(() => {
    for (const { remove } of written.values()) remove();
  });
  const fileOf = (name: string) => written.get(name)?.file ?? "";
  const receiversOf: Record<string, Record<string, string>> = {
    local: { critical: "nobody", warning: "nobody", info: "nobody", heartbeat: "nobody", none: "nobody" },
    staging: { critical: "chat", warning: "chat", info: "nobody", heartbeat: "nobody", none: "nobody" },
    production: { critical: "pager,chat", warning: "chat", info: "nobody", heartbeat: "heartbeat", none: "nobody" },
  };

  test.each(everyChoice)("Alertmanager accepts the configuration of $name", ({ name }) => {
    expect(amtool("check-config", fileOf(name)).failure).toBeUndefined();
  });

  const foreign = { alertname: "Watchdog", severity: "none" };
  const labelsOf = (environment: Environment): readonly Labels[] => [
    foreign,
    ...alertsOf(environment).map((one) => ({ alertname: one.name, ...ruleLabels(one, environment.name) })),
  ];
  /** The failures of amtool for alerts whose receivers are known. One alert represents all with the same routed labels. */
  const misrouted = (name: string, routed: readonly (readonly [labels: Labels, receivers: string | undefined])[]) => {
    const distinct = new Map(
      routed.map(([{ severity, team, namespace, ...others }, receivers]) => [
        JSON.stringify([severity, team, namespace, receivers]),
        { labels: { severity, team, namespace, ...others }, receivers },
      ]),
    );
    return [...distinct.values()].flatMap(({ labels, receivers }) => {
      const pairs = Object.entries(labels).flatMap(([label, value]) =>
        value ? `${label}=${JSON.stringify(value)}` : [],
      );
      const command = ["config", "routes", "test", `--config.file=${fileOf(name)}`];
      return amtool(...command, `--verify.receivers=${receivers}`, ...pairs).failure ?? [];
    });
  };
  /** The labels by which the routes of an environment choose alerts. */
  const routedLabels = ({ matchers = [], routes = [] }: Route): string[] => [
    ...matchers.map((one) => parseMatcher(one).label),
    ...routes.flatMap(routedLabels),
  ];

  test.each(everyChoice.filter(({ teams }) => teams === undefined))(
    "every alert of $name is routed by its severity",
    (environment) => {
      const { name, tier } = environment;
      const { route } = alertmanagerConfig(environment, [], causes);
      expect(new Set(routedLabels(route))).toEqual(new Set(["severity"]));
      const routed = labelsOf(environment).map(
        (labels) => [labels, receiversOf[tier]?.[labels.severity ?? ""]] as const,
      );
      expect(misrouted(name, routed)).toEqual([]);
    },
  );

  test("every alert is routed to the team of its override, then of its service, then of its namespace, then to the platform", () => {
    const { route } = alertmanagerConfig(existing, alertsOf(existing), causes);
    expect(new Set(routedLabels(route))).toEqual(new Set(["severity", "team", "alertname", "namespace"]));
    const overridden: Record<string, string> = {
      PodNotInitialized: "platform",
      RedisMemoryHigh: "platform",
      VolumeInodesLow: "payments",
      "ErpErrorBudgetBurn 1h": "payments",
    };
    const services: Record<string, string> = {
      "erp-worker": "payments",
      redis: "payments",
      loki: "payments",
      volumes: "warehouse",
    };
    const namespaces: Record<string, string> = { "payments-jobs": "payments", warehouse: "warehouse" };
    const aboutErp = new Set(alertsOf(production).flatMap(({ name, team }) => (team === "erp" ? name : [])));
    const people: Record<string, Record<string, string>> = {
      platform: { critical: "pager,chat", warning: "chat" },
      payments: { critical: "payments-pager,payments-chat", warning: "payments-chat" },
      warehouse: { critical: "pager,warehouse-chat", warning: "warehouse-chat" },
      erp: { critical: "pager,erp-chat", warning: "erp-chat" },
    };
    const routed = labelsOf(existing).flatMap((labels) =>
      [undefined, "payments-jobs", "warehouse", "payments-2"].map((namespace) => {
        const { alertname = "", service = "", severity = "", window } = labels;
        const title = window === undefined ? alertname : `${alertname} ${window}`;
        const own = overridden[title] ?? services[service] ?? (aboutErp.has(alertname) ? "erp" : undefined);
        const team = own ?? namespaces[namespace ?? ""] ?? "platform";
        const receivers = people[team]?.[severity] ?? receiversOf.production?.[severity];
        return [{ ...labels, ...(namespace && { namespace }) }, receivers] as const;
      }),
    );
    expect(misrouted(existing.name, routed)).toEqual([]);
  });

  test("an alert of a team with an unknown severity reaches the chat of the team", () => {
    const test = ["config", "routes", "test", `--config.file=${fileOf(existing.name)}`, "severity=page"];
    expect(amtool(...test, "namespace=payments-jobs").output.trim()).toBe("payments-chat");
    expect(amtool(...test, "team=warehouse").output.trim()).toBe("warehouse-chat");
  });

  test("our own routing finds the same receivers, also in a tree with nested routes", () => {
    const config = alertmanagerConfig(production, [], causes);
    const route: Route = {
      ...config.route,
      routes: [
        {
          receiver: "chat",
          matchers: ['severity=~"critical|warning"'],
          continue: true,
          routes: [
            { receiver: "pager", matchers: ['team!="erp"'], continue: true },
            { receiver: "heartbeat", matchers: ['service=~"redis.*"'] },
          ],
        },
        { receiver: "nobody", matchers: ['team=""'] },
        { receiver: "pager", matchers: ['severity!~"info|warning"'] },
      ],
    };
    const { file, remove } = writeConfig({ ...config, route }, secrets);
    const choices = (label: string, values: readonly string[]) =>
      values.map((value) => (value ? { [label]: value } : {}));
    const combinations = choices("severity", ["critical", "warning", "info", ""]).flatMap((severity) =>
      choices("team", ["erp", "platform", ""]).flatMap((team) =>
        choices("service", ["redis-exporter", "erp-api"]).map(
          (service): Labels => ({ ...severity, ...team, ...service }),
        ),
      ),
    );
    for (const labels of combinations) {
      const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
      const { output } = amtool("config", "routes", "test", `--config.file=${file}`, ...pairs);
      expect([labels, routesOf(route, labels).map(({ receiver }) => receiver)]).toEqual([
        labels,
        output.trim().split(","),
      ]);
    }
    remove();
  });

  test("an alert with an unknown severity reaches the chat", () => {
    const { output } = amtool("config", "routes", "test", `--config.file=${fileOf("production")}`, "severity=page");
    expect(output.trim()).toBe("chat");
  });

  const renderTemplate = (name: string, data: object, environment = "production") => {
    const { folder } = written.get(environment) as { readonly folder: string };
    writeFileSync(join(folder, "data.json"), JSON.stringify(data));
    const files = [`--template.glob=${folder}/*.tmpl`, `--template.data=${folder}/data.json`];
    return amtool("template", "render", ...files, `--template.text={{ template "erp.${name}" . }}`).output;
  };
  const links = { runbook_url: "https://runbooks/ErpDown.md", dashboard_url: "https://grafana/d/erp" };
  const one = (status: string, description: string) => ({
    status,
    labels: { alertname: "ErpDown" },
    annotations: { description },
    startsAt: "2026-03-01T03:04:05Z",
  });
  const common = {
    status: "firing",
    commonLabels: { alertname: "ErpDown", severity: "critical", environment: "production" },
    commonAnnotations: { summary: "The ERP is down.", ...links },
    alerts: [one("firing", "It reaches 0 pods."), one("resolved", "It reached 1 pod.")],
  };

  test("a message contains the severity, the place, the problem, its start, and links", () => {
    expect(`${renderTemplate("title", common)}\n${renderTemplate("text", common)}`).toBe(
      `CRITICAL in production: The ERP is down.
- It reaches 0 pods. Firing since 03:04 UTC.
- Resolved: It reached 1 pod.

Runbook: https://runbooks/ErpDown.md
Dashboard: https://grafana/d/erp`,
    );
  });

  test("a message in Slack has links, and a colour for its severity", () => {
    expect(renderTemplate("slack", common).split("\n").at(-1)).toBe(
      "<https://runbooks/ErpDown.md|Runbook>  <https://grafana/d/erp|Dashboard>",
    );
    const colours = ["critical", "warning"].map((severity) =>
      renderTemplate("colour", { status: "firing", commonLabels: { severity } }),
    );
    expect([...colours, renderTemplate("colour", { status: "resolved", commonLabels: {} })]).toEqual([
      "danger",
      "warning",
      "good",
    ]);
  });

  test("a message about fifty alerts shows ten, and states that there are more", () => {
    const fifty = (status: "firing" | "resolved") =>
      Array.from({ length: 50 }, (_, index) => one(status, `Pod ${index}.`));
    const lines = renderTemplate("alerts", { ...common, alerts: [...fifty("firing"), ...fifty("resolved")] })
      .trim()
      .split("\n");
    expect(lines.slice(9, 12)).toEqual([
      "- Pod 9. Firing since 03:04 UTC.",
      "- and more: 50 firing alerts in total.",
      "- Resolved: Pod 0.",
    ]);
    expect(lines.slice(20)).toEqual(["- Resolved: Pod 9.", "- and more: 50 resolved alerts in total."]);
  });

  test("a message in Opsgenie has a priority, and a title of at most 130 characters for every alert", () => {
    const inOpsgenie = (name: string, data: object) => renderTemplate(name, data, existing.name);
    const priorities = ["critical", "warning", "info", "page"].map((severity) =>
      inOpsgenie("priority", { commonLabels: { severity } }),
    );
    expect(priorities).toEqual(["P1", "P3", "P5", "P3"]);
    expect(inOpsgenie("opsgenieMessage", common)).toBe("production: The ERP is down.");
    const longest = Math.max(...alertsOf(production).map(({ summary }) => summary.length));
    expect("production: ".length + longest).toBeLessThanOrEqual(130);
  });

  test("a message about fifty alerts with long texts stays below the limits of each service", () => {
    const long = (status: string) => Array.from({ length: 50 }, () => one(status, "Łódź 😀 ".repeat(200)));
    const many = { ...common, alerts: [...long("firing"), ...long("resolved")] };
    const text = (name: string) => renderTemplate(name, many, existing.name);
    expect(Buffer.byteLength(JSON.stringify(text("teams")))).toBeLessThan(28_000);
    expect(text("telegram").length).toBeLessThan(4096);
    expect(text("opsgenie").length).toBeLessThan(15_000);
    for (const name of ["teams", "telegram", "opsgenie"]) {
      expect(text(name)).toContain("and more: 50 firing alerts in total.");
      expect(text(name)).toContain(links.runbook_url);
    }
  });

  test("a message about an alert without a summary shows its name, and a resolved alert is shown as resolved", () => {
    const foreign = { status: "resolved", commonLabels: { alertname: "KubePodCrashLooping" }, commonAnnotations: {} };
    expect(renderTemplate("title", foreign)).toBe("RESOLVED: KubePodCrashLooping");
  });
});

describeWith("alertmanager", "a real Alertmanager", (_, program) => {
  const secrets = (url: string) => ({
    "slack-api-url": `${url}/slack/token`,
    "pagerduty-routing-key": "routing-key",
    "heartbeat-url": `${url}/heartbeat/token`,
    "payments-pager": `${url}/payments/pager`,
    "payments-chat": `${url}/payments/chat`,
  });
  /** Production with a team, to which it does not give one alert about the namespace of the team. */
  const shared: Environment = {
    ...production,
    teams: {
      payments: {
        pager: { webhook: { urlKey: "payments-pager" } },
        chat: { webhook: { urlKey: "payments-chat" } },
        services: ["redis"],
        namespaces: ["payments"],
      },
    },
    alerts: {
      PodNotReady: { team: "platform", because: "of a test" },
      ErpDown: { team: "payments", because: "of a test" },
    },
  };
  const shipped = alertsOf(production);
  const cause = like({ name: "RedisGone", cause: "redis", summary: "Redis is gone." });
  const silenced = like({ name: "Symptom", causedBy: ["postgresql", "redis"], summary: "A symptom." });
  const heard: Alert[] = [
    like({ name: "Similar", causedBy: ["redis-2"], summary: "Something of a similar name." }),
    like({ name: "Other", causedBy: ["postgresql"], summary: "A symptom of something else." }),
  ];
  const slow = like({ name: "Slow", severity: "warning", cause: "redis", summary: "Redis is slow." });
  let running: Running;

  beforeAll(async () => {
    running = await alertmanager(program, alertmanagerConfig(shared, [...alertsOf(shared), cause], causes), secrets);
  });
  afterAll(stopAlertmanagers);

  const posted = (alert: AnyAlert, changed: Readonly<Record<string, string>>): Posted => {
    const { cause: _cause, caused_by: _causedBy, ...labels } = ruleLabels(alert, production.name);
    const { summary, description } = alert;
    return { labels: { alertname: alert.name, ...labels, ...changed }, annotations: { summary, description } };
  };
  const resolvedAlerts = (alerts: readonly Posted[]) =>
    alerts.map((one) => ({ ...one, endsAt: new Date().toISOString() }));
  const titles = (path: string, { received } = running): string[] =>
    received
      .filter((one) => one.path.startsWith(path))
      .map(({ body }) => body.attachments?.[0].title ?? body.payload?.summary ?? body.status);
  const title = ({ severity, summary }: AnyAlert, place: string) => `${severity.toUpperCase()} in ${place}: ${summary}`;
  /** Alerts with the same name and severity share a notification. */
  const messages = (alerts: readonly AnyAlert[], place: string) => [
    ...new Map(alerts.map((one) => [`${one.severity} ${one.name}`, title(one, place)])).values(),
  ];
  const people = (alerts: readonly AnyAlert[]) => alerts.filter(({ severity }) => /critical|warning/.test(severity));
  /** Names of the alerts of an environment that a webhook was called with. */
  const postedTo = (to: string, environment: string): string[] =>
    running.received.flatMap(({ path, body }) =>
      path === to
        ? body.alerts
            .filter(({ labels }: Posted) => labels.environment === environment)
            .map(({ labels }: Posted) => labels.alertname)
        : [],
    );
  const inPlace = (place: string) => titles("/slack").filter((one) => one.includes(` in ${place}: `));

  test("notifies each receiver of an alert once, and once when it resolves", async () => {
    const alone = shipped.map((one) => posted(one, {}));
    await running.post(alone);
    const start = messages(people(shipped), "production");
    const whole = (starts: readonly string[]) => [
      ...starts,
      ...starts.map((one) => one.replace(/^[A-Z]+/, "RESOLVED")),
    ];
    const critical = shipped.filter(({ severity }) => severity === "critical");
    const pages = messages(critical, "production");
    // A group that resolves before its first notification sends none.
    await eventually(
      () =>
        titles("/heartbeat").length > 2 &&
        inPlace("production").length >= start.length &&
        titles("/pagerduty").length >= pages.length,
      () => [...inPlace("production"), ...titles("/pagerduty")],
    );
    await running.post(resolvedAlerts(alone));
    await eventually(
      () => inPlace("production").length >= 2 * start.length && titles("/pagerduty").length >= 2 * pages.length,
      () => [...inPlace("production"), ...titles("/pagerduty")],
    );
    expect(titles("/slack").sort()).toEqual(whole(start).sort());
    expect(titles("/pagerduty").sort()).toEqual(whole(pages).sort());
  });

  test("notifies a team of its services, its namespaces and the alerts of its overrides, and nobody else", async () => {
    const own = alertsOf(shared).filter(({ service, name }) => service === "redis" || name === "ErpDown");
    const crashing = shipped.filter(({ name }) => name === "PodCrashLooping");
    const forPlatform = alertsOf(shared).filter(({ name }) => name === "PodNotReady");
    const here = { environment: "teams" };
    await running.post([
      ...own.map((one) => posted(one, here)),
      ...forPlatform.map((one) => posted(one, { ...here, namespace: "payments" })),
      ...crashing.flatMap((one) => [
        posted(one, { ...here, namespace: "payments" }),
        posted(one, { ...here, namespace: "logging" }),
      ]),
    ]);
    const received = (path: string) => postedTo(path, "teams");
    const namesOf = (alerts: readonly AnyAlert[]) => [...new Set(alerts.map(({ name }) => name))].sort();
    const pages = namesOf(own.filter(({ severity }) => severity === "critical"));
    const all = namesOf(people([...own, ...crashing]));
    await eventually(
      () =>
        received("/payments/pager").length >= pages.length &&
        received("/payments/chat").length >= all.length &&
        inPlace("teams").length > 1,
      () => [...received("/payments/pager"), ...received("/payments/chat"), ...inPlace("teams")],
    );
    expect(received("/payments/pager").sort()).toEqual(pages);
    expect(received("/payments/chat").sort()).toEqual(all);
    // The container in the namespace of the platform, and the alert that an override gives to the platform.
    expect(inPlace("teams").sort()).toEqual(messages([...crashing, ...forPlatform], "teams").sort());
  });

  test("sends the heartbeat at the configured interval", async () => {
    const heartbeat = { urlKey: "heartbeat-url", repeatInterval: "2m", grace: "6m" };
    const settings = { ...production, alertmanager: { ...production.alertmanager, heartbeat } };
    const beating = await alertmanager(program, alertmanagerConfig(settings, [], causes), secrets);
    const beats = () => beating.received.filter(({ path }) => path.startsWith("/heartbeat")).map(({ at }) => at);
    const own = shipped.filter(({ severity }) => severity === "heartbeat");
    await beating.post(own.map((one) => posted(one, {})));
    await eventually(() => beats().length > 5, beats);
    await beating.stop();
    const times = beats();
    const intervals = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    // The median is not affected if a busy machine delays one of them.
    const median = intervals.sort((one, other) => one - other)[2] ?? Number.NaN;
    expect(Math.abs((median * speedup) / 120_000 - 1)).toBeLessThan(0.1);
  });

  test("sends texts to each receiver that its parser returns unchanged", async () => {
    const mail = await mailServer();
    const receivers: Environment["alertmanager"]["receivers"] = {
      pager: {
        pagerduty: { credentialKey: "pagerduty-routing-key" },
        jiraServiceManagement: { credentialKey: "jsm-key" },
        opsgenie: { credentialKey: "opsgenie-key", region: "eu" },
        webhook: { urlKey: "webhook-url", bearerTokenKey: "webhook-token" },
      },
      chat: {
        slack: { channel: "#erp", apiUrlKey: "slack-api-url" },
        msteams: { webhookUrlKey: "teams-url" },
        telegram: { chatId: -1001234567890, messageThreadId: 7, botTokenKey: "bot-token" },
        email: { to: "erp@example.com", from: "alerts@example.com", smarthost: mail.smarthost, requireTls: false },
      },
    };
    const settings = { ...production, alertmanager: { ...production.alertmanager, receivers } };
    const addresses = (url: string) => ({
      ...secrets(url),
      "jsm-key": "jsm-secret\n",
      "opsgenie-key": "opsgenie-secret",
      "webhook-url": `${url}/webhook`,
      "webhook-token": "webhook-secret\n",
      "teams-url": `${url}/teams?sig=secret`,
      "bot-token": "123:bot-secret\n",
    });
    const sending = await alertmanager(program, alertmanagerConfig(settings, [], causes), addresses);
    const { description, summary } = hostileTexts;
    const links = { runbook_url: "https://wiki/?a=1&b=<2>|3#top", dashboard_url: "https://grafana/d/erp" };
    const hostile = { ...posted(cause, { pod: description }), annotations: { summary, description, ...links } };
    const requestTo = (path: string) => sending.received.find((one) => one.path.startsWith(path));
    const bodyOf = (path: string) => requestTo(path)?.body;
    const jsm = "/api.atlassian.com/jsm/ops/integration/v2/alerts";
    const opsgenie = "/api.eu.opsgenie.com/v2/alerts";
    const all = ["/slack", "/pagerduty", "/webhook", "/teams?sig=secret", "/telegram", jsm, opsgenie];
    const numberOf = (path: string) => sending.received.filter((one) => one.path.startsWith(path)).length;
    const arrived = (times: number) => mail.mails.length >= times && all.every((path) => numberOf(path) >= times);
    const state = () => [...sending.received.map(({ path }) => path), ...mail.mails];
    try {
      await sending.post([hostile]);
      await eventually(() => arrived(1), state);
      await sending.post(resolvedAlerts([hostile]));
      await eventually(() => arrived(2), state);
    } finally {
      await sending.stop();
      mail.close();
    }
    const closings = sending.received.filter(({ path }) => path.endsWith("/close?identifierType=alias"));
    expect(closings).toHaveLength(2);

    const title = `CRITICAL in production: ${summary}`;
    const line = expect.stringMatching(startingWith(`${description} Firing since `));
    const { payload, links: pages } = bodyOf("/pagerduty");
    expect(payload).toMatchObject({ summary: title, custom_details: { firing: [line] } });
    expect(pages.map(({ href }: { href: string }) => href)).toEqual(Object.values(links));

    const [attachment] = bodyOf("/slack").attachments;
    expect(attachment.mrkdwn_in).not.toContain("text");
    const shown = readSlack(attachment.text);
    expect(readSlack(attachment.title)).toEqual({ text: title, links: [] });
    expect(shown.text).toMatch(startingWith(`- ${description} Firing since `));
    expect(shown.links).toEqual(["https://wiki/?a=1&b=%3C2%3E%7C3#top", links.dashboard_url]);

    expect(bodyOf("/webhook").alerts[0]).toMatchObject({ labels: { pod: description }, annotations: { description } });

    expect(requestTo("/webhook")?.authorization).toBe("Bearer webhook-secret");

    // Bold and links are HTML that Telegram knows. Everything else is text.
    const inTelegram = bodyOf("/telegram/bot123:bot-secret/sendMessage");
    expect(inTelegram).toMatchObject({ chat_id: "-1001234567890", message_thread_id: "7", parse_mode: "HTML" });
    const sent = readTelegram(inTelegram.text);
    expect(sent.text).toMatch(startingWith(`${title}\n- ${[...description].slice(0, 250).join("")} Firing since `));
    expect(sent.links).toEqual(["https://wiki/?a=1&b=%3c2%3e%7c3#top", links.dashboard_url]);

    const [heading, body] = bodyOf("/teams").attachments[0].content.body;
    expect(readTeams(heading.text)).toEqual({ text: title, links: [] });
    const card = readTeams(body.text);
    const oneLine = [...description]
      .slice(0, 500)
      .join("")
      .replaceAll(/[\t\n]/g, " ");
    expect(card.text).toMatch(startingWith(`- ${oneLine} Firing since `));
    expect(card.links).toEqual(["https://wiki/?a=1&b=%3C2%3E%7C3#top", links.dashboard_url]);

    for (const [path, key] of [
      [jsm, "jsm-secret"],
      [opsgenie, "opsgenie-secret"],
    ] as const) {
      expect(requestTo(path)?.authorization).toBe(`GenieKey ${key}`);
      const { message, description: text, priority, details } = bodyOf(path);
      expect(message).toBe(`${[...`production: ${summary}`].slice(0, 129).join("")}…`);
      expect(text).toMatch(startingWith(`- ${[...description].slice(0, 500).join("")} Firing since `));
      expect(text).toContain(links.runbook_url);
      expect([priority, details.pod]).toEqual(["P1", description]);
    }

    const received = await PostalMime.parse(mail.mails[0] ?? "");
    expect(received.html).toBeUndefined();
    expect(received.subject).toBe(title.replaceAll("\n", " "));
    expect(received.text).toMatch(startingWith(`- ${description} Firing since `));
    expect(received.text).toContain(links.runbook_url);
  });

  test("repeats the heartbeat, and never reports it as resolved", async () => {
    const beats = titles("/heartbeat");
    expect(beats.length).toBeGreaterThan(2);
    expect(new Set(beats)).toEqual(new Set(["firing"]));
  });

  test("reads addresses and keys from files", () => {
    const keys = running.received.flatMap(({ body }) => body.routing_key ?? []);
    expect(new Set(keys)).toEqual(new Set(["routing-key"]));
    expect(new Set(running.received.map(({ path }) => path))).toEqual(
      new Set(["/slack/token", "/pagerduty", "/heartbeat/token", "/payments/pager", "/payments/chat"]),
    );
  });

  const pairs = causes
    .map((name) => {
      const sources = shipped.filter((one) => one.cause === name);
      const grave = sources.some(({ severity }) => severity === "critical");
      const silenced = people(shipped).filter(({ severity }) => grave || severity !== "critical");
      const follows = ({ causedBy = [] }: AnyAlert) => causedBy.some((one) => one === name || labelOf(one));
      return { name, sources, symptoms: silenced.filter(follows) };
    })
    .filter(({ sources, symptoms }) => sources.length > 0 && symptoms.length > 0);
  const causedBy = (name: string) => ({ caused_by: name });

  test("sends no notification for an alert whose cause fires, for each pair in the product, also of two teams", async () => {
    expect(pairs.length).toBeGreaterThan(5);
    const payments = { team: "payments" };
    for (const { name, sources } of pairs)
      await running.post(
        sources.flatMap((one) => [
          posted(one, { cause: name, environment: name }),
          posted(one, { cause: name, environment: `${name} of a team`, ...payments }),
        ]),
      );
    await after(200);
    for (const { name, symptoms } of pairs)
      await running.post(
        symptoms.flatMap((one) => [
          posted(one, { ...causedBy(name), environment: name }),
          posted(one, { ...causedBy(name), environment: name, ...payments }),
          posted(one, { ...causedBy(name), environment: `${name} of a team` }),
        ]),
      );
    await after(1000);
    const ofTeam = (environment: string) => postedTo("/payments/chat", environment);
    for (const { name, sources } of pairs) {
      expect(inPlace(name).sort()).toEqual(messages(sources, name).sort());
      expect(ofTeam(name)).toEqual([]);
      expect(new Set(ofTeam(`${name} of a team`))).toEqual(new Set(people(sources).map((one) => one.name)));
      expect(inPlace(`${name} of a team`)).toEqual([]);
    }
  });

  test("sends alerts that a different cause, a cause with a similar name, or a less severe cause must not inhibit", async () => {
    const causedBy = (one: AnyAlert) => ({ caused_by: one.causedBy?.join(",") ?? "" });
    const gone = { cause: "redis", environment: "gone" };
    await running.post([posted(cause, gone), posted(slow, { cause: "redis", environment: "slow" })]);
    await after(200);
    await running.post([silenced, ...heard].map((one) => posted(one, { ...causedBy(one), environment: "gone" })));
    await running.post([posted(silenced, { ...causedBy(silenced), environment: "slow" })]);
    await after(1000);
    expect(inPlace("gone").sort()).toEqual([cause, ...heard].map((one) => title(one, "gone")).sort());
    expect(inPlace("slow").sort()).toEqual([slow, silenced].map((one) => title(one, "slow")).sort());
  });

  test("notifies of an alert whose cause fires only after its group was sent", async () => {
    const here = { environment: "late" };
    const early = like({ name: "Early", causedBy: ["redis"], summary: "A symptom that comes first." });
    await running.post([posted(early, { ...here, ...causedBy("redis") })]);
    await eventually(
      () => inPlace("late").length > 0,
      () => inPlace("late"),
    );
    await running.post([posted(cause, { ...here, cause: "redis" })]);
    expect(inPlace("late")).toEqual([title(early, "late")]);
  });

  test("sends a critical alert to each receiver within a minute after its inhibition ends", async () => {
    // Slower than the other tests, so that the delays of a busy machine are short in comparison with a minute.
    const faster = 30;
    const config = alertmanagerConfig(production, [cause, silenced], causes);
    const inhibiting = await alertmanager(program, config, secrets, faster);
    const source = posted(cause, { cause: "redis" });
    await inhibiting.post([source]);
    await eventually(
      () => titles("/pagerduty", inhibiting).length > 0,
      () => inhibiting.received,
    );
    await inhibiting.post([posted(silenced, causedBy("redis"))]);
    // The group of the symptom is considered for the first time, by each of the two receivers.
    await eventually(
      async () => (await inhibiting.metric("alertmanager_notifications_suppressed_total")) >= 2,
      () => titles("", inhibiting),
    );
    const ended = performance.now();
    await inhibiting.post(resolvedAlerts([source]));
    const arrivals = () =>
      ["/pagerduty", "/slack"].flatMap((path) =>
        inhibiting.received.filter(
          ({ path: at, body }) => at.startsWith(path) && JSON.stringify(body).includes(silenced.summary),
        ),
      );
    await eventually(
      () => arrivals().length >= 2,
      () => titles("", inhibiting),
    );
    await inhibiting.stop();
    const seconds = arrivals().map(({ at }) => ((at - ended) * faster) / 1000);
    expect(seconds).toHaveLength(2);
    // A second of this machine is half a minute of the configuration.
    expect(Math.max(...seconds)).toBeLessThan(60 + 30);
  });

  test.each([
    ["a duration without a unit", "not a duration in seconds, minutes or hours: 30", { group_wait: "30" }],
    ["a receiver that does not exist", "undefined receiver", { receiver: "pagre" }],
  ])("that cannot start because of %s ends the test at once", async (_, message, changed) => {
    const { route, ...config } = alertmanagerConfig(production, [], causes);
    const broken = { ...config, route: { ...route, ...changed } };
    await expect(alertmanager(program, broken, secrets)).rejects.toThrow(message);
  });

  test("sends no warnings while they are muted, but always sends critical alerts", async () => {
    const always = { name: "always", times: [{ start: "00:00", end: "24:00" }], location: "Europe/Berlin" };
    const muted = { ...staging, alertmanager: { ...staging.alertmanager, muteTimes: [always] } };
    const quiet = await alertmanager(program, alertmanagerConfig(muted, [], causes), secrets);
    await quiet.post([posted(slow, { environment: "staging" }), posted(cause, { environment: "staging" })]);
    await after(1500);
    expect(titles("", quiet)).toEqual([title(cause, "staging")]);
    await quiet.stop();
  });
});
