import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changesText } from "../commands/comparison/changes-text";
import { compareSynths } from "../commands/comparison/compare-synths";
import { compareTeamAlerts } from "../commands/comparison/compare-team-alerts";
import { alertsPage } from "../commands/rendering/alerts-page";
import { renderedEnvironments } from "../commands/rendering/rendered-environments";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { checkTeamTests, failedTeamTests } from "../commands/team-tests";
import { failuresOfMonitor, type Target } from "../commands/verify/checks/targets";
import type { Fault } from "../faults";
import { routesOf } from "../kit/notifications/routes-of";
import { synthesize } from "../main";
import { loadTeamFiles, withTeamFiles } from "../settings/load-team-files";
import { allDashboards, prometheusGroups, signals } from "../signals";
import { type SignalsJson, signalsJson } from "../signals-json";
import type { TeamMonitor } from "../subjects/team-monitors";
import { existing } from "./fixtures/existing";
import { production } from "./fixtures/production";
import { filesOfPayments } from "./fixtures/team-folder";
import { describeWith } from "./tools";

// biome-ignore lint/suspicious/noExplicitAny: arguments of a resource
type Json = any;

const payments = { chat: { slack: { channel: "#payments", apiUrlKey: "slack-api-url" } }, namespaces: ["payments"] };
const shared = { ...production, teams: { payments } };
const withFiles = withTeamFiles(shared, filesOfPayments());
const deployed = signals(withFiles);

function texts(faults: readonly Fault[]): readonly string[] {
  return faults.map(({ place, rule, value, remedy }) => `${place}: ${rule.split("\n")[0]}, got ${value}; ${remedy}`);
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "teams-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The files of `payments` after edits of their texts. */
function edited(edits: Readonly<Record<string, (text: string) => string>>) {
  rmSync(join(folder, "teams"), { recursive: true, force: true });
  cpSync(join(__dirname, "fixtures/teams"), join(folder, "teams"), { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    const file = join(folder, "teams/payments", path);
    writeFileSync(file, edit(readFileSync(file, "utf8")));
  }
  return loadTeamFiles(folder, ["payments"]);
}

const replace = (before: string, after: string) => (text: string) => {
  expect(text).toContain(before);
  return text.replace(before, after);
};

/** Faults of rules whose form is correct. */
function faultsWith(edits: Parameters<typeof edited>[0]): readonly string[] {
  const { files, faults } = edited(edits);
  expect(faults).toEqual([]);
  return texts(signals(withTeamFiles(shared, files)).faults);
}

describe("the rules of a team", () => {
  test("are deployed with the labels of the team and of the environment, and have no fault", () => {
    expect(deployed.faults).toEqual([]);
    const groups = prometheusGroups(deployed).filter(({ name }) => name.startsWith("payments-"));
    expect(groups.map(({ name, interval }) => [name, interval])).toEqual([
      ["payments-gateway", "30s"],
      ["payments-budget", "15s"],
    ]);
    expect(groups[0]?.rules[1]).toEqual({
      alert: "PaymentsRefused",
      expr: "payments:refused:ratio_rate5m > 0.2",
      for: "10m",
      keep_firing_for: "5m",
      labels: { severity: "warning", service: "gateway", team: "payments", environment: "production" },
      annotations: {
        summary: "The gateway refuses too many payments.",
        description: "The gateway refuses {{ $value | humanizePercentage }} of the payments.",
      },
    });
  });

  test("apply to every environment that names the team, and to no other", () => {
    expect(withTeamFiles(production, filesOfPayments())).toBe(production);
    expect(signals(production).teams).toEqual([]);
    expect(signals(existing).teams.map(({ team }) => team)).toEqual(["payments"]);
  });

  test("notify the team, by the labels that are added", () => {
    const { route } = deployed.alertmanagerConfig;
    const receivers = deployed.teams.flatMap(({ rules }) =>
      rules.flatMap(({ groups }) =>
        groups.flatMap((group) =>
          group.rules.flatMap((rule) =>
            "alert" in rule
              ? [[rule.alert, routesOf(route, { alertname: rule.alert, ...rule.labels }).map((one) => one.receiver)]]
              : [],
          ),
        ),
      ),
    );
    expect(Object.fromEntries(receivers)).toEqual({
      PaymentsRefused: ["payments-chat"],
      PaymentsGatewayDown: ["pager", "payments-chat"],
      PaymentsDisruptionBlocked: ["nobody"],
    });
  });

  test("keep metrics that the product does not know in every cluster job, and only those", () => {
    const before = signals(shared).keep;
    const added = Object.entries(deployed.keep).flatMap(([job, keep]) => {
      const known = before[job] ?? [];
      return keep === "all" || known === "all" ? [] : [[job, keep.filter((name) => !known.includes(name))] as const];
    });
    expect(added.map(([job]) => job)).toEqual(
      expect.arrayContaining(["kube-state-metrics", "node-exporter", "kubelet"]),
    );
    for (const [, names] of added)
      expect(names).toEqual([
        "gateway_payments_total",
        "kube_poddisruptionbudget_status_current_healthy",
        "kube_poddisruptionbudget_status_pod_disruptions_allowed",
      ]);
  });

  test("are in a release of the team, with texts that Terraform does not interpret", () => {
    const stack = synthesizedStacks([withFiles]).find(({ name }) => name === "production-monitoring");
    const release = stack?.resources.find(({ arguments: { name } }) => name === "team-payments")?.arguments;
    expect(release?.namespace).toBe("monitoring");
    expect(JSON.stringify(release)).toContain("-n ${NAMESPACE}` shows %{allowed} evictions");
  });

  test("are in the list of alerts with their file", () => {
    expect(alertsPage(withFiles)).toContain(
      "| PaymentsGatewayDown | 5m | critical | payments | `config/teams/payments/rules/gateway.yaml` |",
    );
    expect(alertsPage(production)).not.toContain("Alerts of teams");
  });

  test("are in signals.json, so that the review lists each changed alert", () => {
    const { files } = edited({ "rules/gateway.yaml": replace("> 0.2", "> 0.5") });
    const alertsOf = (environment: typeof shared) =>
      (JSON.parse(signalsJson({ a: signals(environment) })) as SignalsJson).environments.a?.teamAlerts;
    const changes = compareTeamAlerts(alertsOf(withFiles), alertsOf(withTeamFiles(shared, files)));
    expect(changes).toEqual([
      {
        area: "alerts",
        what: "changed",
        name: "PaymentsRefused of payments",
        label: "PaymentsRefused (warning)",
        fields: [
          {
            field: "expression",
            before: "payments:refused:ratio_rate5m > 0.2",
            after: "payments:refused:ratio_rate5m > 0.5",
          },
        ],
      },
    ]);
    expect(compareTeamAlerts(undefined, alertsOf(withFiles)).map(({ what, label }) => [what, label])).toEqual([
      ["added", "PaymentsDisruptionBlocked (info)"],
      ["added", "PaymentsGatewayDown (critical)"],
      ["added", "PaymentsRefused (warning)"],
    ]);
  });
});

describe("a file of a team is refused", () => {
  const rules = "config/teams/payments/rules/gateway.yaml";

  test("with all faults of its form at once", () => {
    const { faults } = edited({
      "rules/gateway.yaml": (text) =>
        text
          .replace("severity: warning", "severity: page")
          .replace(" for: 5m", " for: 5 minutes")
          .replace(
            "summary: No pod of the payment gateway works.",
            "summary: The gateway in {{ $labels.namespace }} is down.",
          )
          .replace("severity: info", "severity: info\n          team: platform")
          .replace("keep_firing_for", "keep_fireing_for"),
    });
    expect(texts(faults)).toEqual([
      `${rules}: groups[0].rules[1].labels.severity: must be \`critical\`, which pages, \`warning\`, which notifies the chat, or \`info\`, which notifies nobody, got "page"; set one of the three`,
      `${rules}: groups[0].rules[1].keep_fireing_for: is not a setting, got undefined; did you mean \`keep_firing_for\`?`,
      `${rules}: groups[0].rules[2].for: must be a duration above zero in Prometheus format, got "5 minutes"; write a number and a unit, such as \`30s\`, \`15d\` or \`1h30m\``,
      `${rules}: groups[0].rules[2].annotations.summary: must be one sentence without a template: notifications are grouped by it, got "The gateway in {{ $labels.namespace }} is down."; write the problem, such as \`The payment gateway is down.\`, and variable parts in \`description\``,
      `${rules}: groups[1].rules[0].labels.team: must not be set: synth adds the team of the folder, got "platform"; remove it, or move the rule to the folder of that team`,
    ]);
  });

  test.each<[string, (text: string) => string, string]>([
    [
      "with a query that can never match",
      replace('{namespace="payments"} < 1', '{namespace="payments",namespace="warehouse"} < 1'),
      `${rules}: PaymentsDisruptionBlocked: expr: excludes every series: "namespace" is always "payments" here, got undefined; remove this matcher, or the one that it contradicts`,
    ],
    [
      "with a query of a product's metric that misspells a label",
      replace("sum by (namespace) (kube_deployment", "sum by (namespce) (kube_deployment"),
      `${rules}: PaymentsGatewayDown: expr: groups by "namespce", which the operand lacks, got undefined; did you mean "namespace"?`,
    ],
    [
      "that takes the name of an alert of the product",
      replace("alert: PaymentsDisruptionBlocked", "alert: RedisDown"),
      `${rules}: RedisDown: must have a name that no alert of the product has, got RedisDown; begin the name with that of the team, or change the alert in \`alerts\``,
    ],
    [
      "that records a series of the product",
      replace("record: payments:refused:ratio_rate5m", "record: kube_deployment_status_replicas_available"),
      `${rules}: record: must have a name that no metric or recording of the product has, got kube_deployment_status_replicas_available; begin the name with that of the team`,
    ],
    [
      "that reads a label which the expression lacks",
      replace("{{ $labels.namespace }} has", "{{ $labels.pod }} has"),
      `${rules}: PaymentsGatewayDown: description: must not read the label "pod", which the expression lacks, got undefined; keep it in every branch, such as by "sum by (pod) (…)", or remove it from the text`,
    ],
    [
      "with a template that Prometheus refuses",
      replace("humanizePercentage", "humanisePercentage"),
      `${rules}: PaymentsRefused: description: {{ $value | humanisePercentage }} calls "humanisePercentage", which is no function, got undefined; did you mean humanizePercentage?`,
    ],
    [
      "with a variable of Grafana",
      replace("[5m])) /", "[$__rate_interval])) /"),
      `${rules}: payments:refused:ratio_rate5m: expr: must contain no variable of Grafana: a rule is evaluated as it is written, got $__rate_interval; write the value, such as \`[5m]\``,
    ],
    [
      "with an unknown cause",
      replace("caused_by: dns", "caused_by: dsn"),
      `${rules}: PaymentsGatewayDown: caused_by: must be a cause that an alert of the product reports, got dsn; did you mean "dns"?`,
    ],
    [
      "with the name of a rule group of the product",
      replace("name: payments-budget", "name: platform-nodes"),
      `${rules}: rule group: must have a name that no other rule group has: the product has it too, got platform-nodes; begin the name with that of the team`,
    ],
  ])("%s", (_, edit, expected) => {
    const found = faultsWith({ "rules/gateway.yaml": edit });
    expect(found.filter((one) => !/must have a test|\/tests\//.test(one))).toEqual([expected]);
  });

  test("if its folder is not named after a team, or is no folder of a team", () => {
    edited({});
    expect(texts(loadTeamFiles(folder, ["payment", "orders"]).faults)).toEqual([
      'config/teams/payments/: must be named after a team in `teams` of an environment, got payments; did you mean "payment"?',
    ]);
    mkdirSync(join(folder, "teams/payments/rule"));
    writeFileSync(join(folder, "teams/payments/rules/Old Rules.yml"), "");
    writeFileSync(join(folder, "teams/payments/rules/broken.yaml"), "groups: [");
    expect(texts(loadTeamFiles(folder, ["payments"]).faults)).toEqual([
      'config/teams/payments/rule: must be one of the folders of a team: rules, tests, monitors, dashboards, got undefined; did you mean "rules"?',
      "config/teams/payments/rules/Old Rules.yml: must be a file of lower-case letters, digits, dashes and dots that ends with `.yaml`, got undefined; rename it, such as `gateway.yaml`",
      expect.stringMatching(
        /^config\/teams\/payments\/rules\/broken\.yaml: must be a document of YAML, got .*line 1.*; correct the file$/,
      ),
    ]);
  });
});

describe("the monitors of a team", () => {
  const path = "config/teams/payments/monitors/gateway.yaml";

  test("have the label by which our Prometheus selects them, and select the namespaces of the team", () => {
    const monitors = deployed.teams.flatMap((team) => team.monitors.map(({ monitor }) => monitor));
    expect(monitors.map(({ kind, metadata, spec }) => [kind, metadata, spec.namespaceSelector])).toEqual([
      [
        "ServiceMonitor",
        {
          name: "payments-gateway",
          labels: { "app.kubernetes.io/part-of": "payments", "monitored-by": "erp-observability" },
        },
        { matchNames: ["payments"] },
      ],
      [
        "PodMonitor",
        { name: "payments-jobs", labels: { "monitored-by": "erp-observability" } },
        { matchNames: ["payments"] },
      ],
    ]);
  });

  test("are refused with all faults of their form at once", () => {
    const edit = (text: string) =>
      text
        .replace("sampleLimit", "samplesLimit")
        .replace("scrapeTimeout: 10s", "scrapeTimeout: 1m")
        .replace("gateway_debug_.*", "gateway_debug_(?=x)")
        .replace("path: /internal/metrics", "bearerTokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token");
    expect(texts(edited({ "monitors/gateway.yaml": edit }).faults)).toEqual([
      `${path}: [0].spec.endpoints[0].metricRelabelings[0].regex: not a regular expression of RE2: invalid or unsupported Perl syntax: \`(?=\`, got "gateway_debug_(?=x)"; correct it; RE2 has no look-around, no back-references and no possessive quantifiers`,
      `${path}: [0].spec.endpoints[0].scrapeTimeout: must not be longer than \`interval\`: the operator would refuse the monitor, got "1m"; lower it`,
      `${path}: [0].spec.samplesLimit: is not a setting, got undefined; did you mean \`sampleLimit\`?`,
      `${path}: [1].spec.podMetricsEndpoints[0].bearerTokenFile: must not be set: it reads a file of Prometheus, got "/var/run/secrets/kubernetes.io/serviceaccount/token"; name a key of a Secret instead`,
    ]);
  });

  test.each<[string, (text: string) => string, string]>([
    [
      "in a namespace of another team",
      replace("matchNames: [payments]", "matchNames: [payments, warehouse]"),
      `${path}: payments-jobs: spec.namespaceSelector.matchNames: must be a namespace of the team, got warehouse; use one of payments, or add it to \`teams.payments.namespaces\``,
    ],
    [
      "with the name of a monitor of the product",
      replace("name: payments-jobs", "name: loki"),
      `${path}: metadata.name: must have a name that no other PodMonitor has: the product has it too, got loki; begin the name with that of the team`,
    ],
    [
      "whose samples would have the job of the product",
      replace("path: /internal/metrics", "relabelings: [{ targetLabel: job, replacement: erp-api }]"),
      `${path}: payments-jobs: relabelings: must not write the name of a scrape job of the product into \`job\`, got erp-api; begin the name with that of the team`,
    ],
  ])("are refused %s", (_, edit, expected) => {
    expect(faultsWith({ "monitors/gateway.yaml": edit })).toEqual([expected]);
  });

  test("are in the review with every change, also of the metrics that they keep", () => {
    const kept = replace(
      "regex: gateway_debug_.*\n          action: drop",
      "regex: gateway_payments_.*\n          action: keep",
    );
    const { files } = edited({ "monitors/gateway.yaml": kept });
    const [before, after] = [withFiles, withTeamFiles(shared, files)].map((environment, index) => {
      const outdir = join(folder, `synth-${index}`);
      synthesize([environment], outdir);
      return outdir;
    });
    const { changes } = compareSynths(before ?? "", after ?? "");
    expect(changesText(changes, { most: 5 })).toContain("ServiceMonitor monitoring/payments-gateway");
    expect(changesText(changes, { most: 5 })).toMatch(/metricRelabelings\[0\]\.action drop -> keep/);
  });

  test("need a namespace of the team", () => {
    const { namespaces: _namespaces, ...without } = payments;
    const environment = withTeamFiles({ ...production, teams: { payments: without } }, filesOfPayments());
    expect(texts(signals(environment).faults)).toContain(
      `${path}: payments-gateway: must select a namespace, but the team has none, got undefined; add \`namespaces\` to \`teams.payments\` in the settings of the environment`,
    );
  });

  test("have targets that are up, which verify checks", () => {
    const [service] = deployed.teams.flatMap(({ monitors }) => monitors) as [TeamMonitor];
    const target = (scrapePool: string, health: "up" | "down"): Target => {
      return { labels: {}, scrapePool, scrapeUrl: "http://10.0.0.1/metrics", health, lastError: "refused" };
    };
    const ownPool = "serviceMonitor/monitoring/payments-gateway/0";
    expect(failuresOfMonitor(service, [target(ownPool, "up")])).toEqual([]);
    expect(failuresOfMonitor(service, [target(ownPool, "down")])).toMatchObject([
      { where: "target http://10.0.0.1/metrics of the ServiceMonitor payments-gateway of the team payments" },
    ]);
    expect(failuresOfMonitor(service, [target("serviceMonitor/monitoring/payments-gateway-2/0", "up")])).toMatchObject([
      { where: "ServiceMonitor payments-gateway of the team payments", expected: "at least one target" },
    ]);
  });
});

describe("the dashboards of a team", () => {
  const path = "config/teams/payments/dashboards/gateway.json";

  test("are in the folder of the team, in Grafana, signals.json, rendered/ and the preview", () => {
    const own = allDashboards(deployed).filter(({ folder: one }) => one === "payments");
    expect(own.map(({ model }) => [model.uid, model.title])).toEqual([["payments-gateway", "Payment gateway"]]);
    const stacks = synthesizedStacks([withFiles]);
    const map = stacks
      .flatMap(({ resources }) => resources.map((one) => one.arguments as Json))
      .find(({ metadata }) => metadata?.name === "dashboard-payments-gateway");
    expect(map.metadata).toMatchObject({ namespace: "grafana", annotations: { grafana_folder: "payments" } });
    expect(JSON.parse(map.data["payments-gateway.json"])).toMatchObject({ title: "Payment gateway", refresh: "1m" });
    const rendered = renderedEnvironments([withFiles], stacks).get(
      "production/monitoring/dashboards/payments-gateway.yaml",
    );
    expect(rendered).toContain("Healthy pods · stat");
    expect(rendered).toContain("result: query label_values(gateway_payments_total, result)");
  });

  test.each<[string, (text: string) => string, string]>([
    [
      "with a wrong query",
      replace("kube_poddisruptionbudget_status_current_healthy{namespace=", "kube_pod_status_phase{namespce="),
      `${path}: panel "Healthy pods": query A: unknown label "namespce", got undefined; did you mean "namespace"?`,
    ],
    [
      "with a legend that reads a label which the query lacks",
      replace('"{{namespace}}"', '"{{pod}}"'),
      `${path}: panel "Healthy pods": query A: legend: names the label "pod", which the result of the query lacks, got {{pod}}; use "namespace"`,
    ],
    [
      "with a data source that Grafana does not have",
      replace('"uid": "${loki}"', '"uid": "P8E80F9AEF21F6940"'),
      `${path}: panel "Log lines": query A: must be sent to a data source of Grafana, or to a variable of the type \`datasource\`, got P8E80F9AEF21F6940; use one of prometheus, loki, alertmanager, \${prometheus}, \${loki}`,
    ],
    [
      "with a wrong query of a variable",
      replace("label_values(gateway_payments_total, result)", "label_values(kube_pod_status_phase, namespce)"),
      `${path}: variable "result": groups by "namespce", which the operand lacks, got undefined; did you mean "namespace"?`,
    ],
    [
      "with the uid of a dashboard of the product",
      replace('"uid": "payments-gateway"', '"uid": "erp-redis"'),
      `${path}: uid: must have a uid that no other dashboard has: the product has it too, got erp-redis; begin the uid with the name of the team`,
    ],
  ])("are refused %s", (_, edit, expected) => {
    expect(faultsWith({ "dashboards/gateway.json": edit })).toEqual([expected]);
  });

  test("are refused if they are no dashboard, or an export for other installations", () => {
    const inputs = edited({ "dashboards/gateway.json": replace('"id": 12', '"__inputs": [{ "name": "DS" }]') });
    expect(texts(inputs.faults)).toEqual([
      `${path}: __inputs: must be empty: nobody fills the inputs in when the file is installed, got [{ name: "DS" }]; export the dashboard again with "Export for sharing externally" off`,
    ]);
    expect(texts(edited({ "dashboards/gateway.json": () => '{ "dashboard": {} }' }).faults)).toHaveLength(3);
    expect(texts(edited({ "dashboards/gateway.json": () => "{" }).faults)).toEqual([
      expect.stringMatching(/^config\/teams\/payments\/dashboards\/gateway\.json: must be a document of JSON, got /),
    ]);
  });
});

describe("each alert of a team needs a test", () => {
  const tests = "config/teams/payments/tests/gateway.yaml";

  test("in which it fires: one that only stays silent proves nothing", () => {
    const edit = (text: string) =>
      text.replace(/exp_alerts:\n\s+- exp_labels:\n\s+severity: info[\s\S]*$/, "exp_alerts: []\n");
    expect(faultsWith({ "tests/gateway.yaml": edit })).toEqual([
      "config/teams/payments/rules/gateway.yaml: PaymentsDisruptionBlocked: must have a test in which it fires: an alert that nobody has seen firing may never fire, got undefined; add an `alert_rule_test` with `alertname: PaymentsDisruptionBlocked` and `exp_alerts` to a file in config/teams/payments/tests/",
    ]);
  });

  test("of its own name: promtool accepts the test of an alert that does not exist", () => {
    const edit = (text: string) => text.replaceAll("PaymentsDisruptionBlocked", "PaymentsDisruptionBlock");
    expect(faultsWith({ "tests/gateway.yaml": edit })).toEqual(
      expect.arrayContaining([
        `${tests}: alertname: must be an alert of the files in \`rule_files\`, got PaymentsDisruptionBlock; did you mean "PaymentsDisruptionBlocked"?`,
      ]),
    );
  });

  test("that reads the rules of the team", () => {
    expect(faultsWith({ "tests/gateway.yaml": replace("../rules/gateway.yaml", "../rules/gatway.yaml") })[0]).toBe(
      `${tests}: rule_files[0]: must be a file of rules of the same team, relative to the test, got ../rules/gatway.yaml; did you mean "../rules/gateway.yaml"?`,
    );
  });
});

describeWith("promtool", "promtool", (promtool) => {
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test("accepts the deployed rules, and its linter finds nothing", () => {
    const file = join(folder, "deployed.json");
    writeFileSync(
      file,
      JSON.stringify({ groups: deployed.teams.flatMap(({ rules }) => rules.flatMap((one) => one.groups)) }),
    );
    expect(promtool("check", "rules", "--lint=all", "--lint-fatal", file).failure).toBeUndefined();
  });

  test("passes the tests of the team, and fails them if a rule no longer fires", () => {
    expect(failedTeamTests(promtool, filesOfPayments())).toEqual([]);
    const { files } = edited({ "rules/gateway.yaml": replace("> 0.2", "> 0.6") });
    const [fault, ...others] = failedTeamTests(promtool, files);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      place: "config/teams/payments/tests/gateway.yaml",
      rule: "must pass `promtool test rules`",
      value: expect.stringMatching(/alertname: PaymentsRefused, time: 20m[\s\S]*exp:[\s\S]*got:\s*\[\]/),
    });
    expect(() => checkTeamTests(withTeamFiles(shared, files), () => promtool)).toThrow(
      "1 fault; nothing was deployed:",
    );
  });

  test("runs the tests before a deployment, and is named if it is missing", () => {
    checkTeamTests(withFiles, () => promtool);
    checkTeamTests(withFiles, () => undefined);
    checkTeamTests(production, () => undefined);
    expect(printed).toEqual([
      "promtool: passes the tests of the rules of payments",
      expect.stringMatching(/^promtool: not installed, so the tests of the rules of payments were not run\./),
    ]);
  });
});
