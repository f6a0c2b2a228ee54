import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { celeryTasksStuck } from "../alerts/celery/celery-tasks-stuck";
import { erpDown } from "../alerts/erp-api/erp-down";
import { redisDown } from "../alerts/redis/redis-down";
import type { Run } from "../commands/run-tool";
import { type Alert, type AlertForm, alert } from "../kit/alerts/alert";
import { checkAlert } from "../kit/alerts/check-alert";
import { checkNames } from "../kit/alerts/check-names";
import { factor, type Limit, ratio } from "../kit/alerts/limit";
import { gone, holds, inputSeries, rises, samples } from "../kit/alerts/stories/samples";
import { blip, type Fires, fires, lowTraffic, silent } from "../kit/alerts/stories/scenario";
import { lasting } from "../kit/alerts/stories/story-time";
import { source } from "../kit/metrics/metric";
import { inSeconds } from "../kit/queries/duration";
import { promql } from "../kit/queries/query";
import { erpApi, erpApiJob } from "../metrics/erp-api/erp-api-metrics";
import { kubeStateMetrics } from "../metrics/kubernetes/kube-state-metrics";
import { completeEnvironment } from "../settings/complete-environment";
import type { Environment } from "../settings/environment";
import { servicesOf } from "../settings/team-members";
import { signals } from "../signals";
import { causes, contributions } from "../subjects/listings";
import type { Subject } from "../subjects/subject";
import { subjects } from "../subjects/subjects";
import { seed, shuffle } from "./alert-mutants";
import { everyChoice } from "./fixtures/choices";
import { everything, everywhere, profiles } from "./fixtures/everything";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { contradictedScenarios } from "./scenarios";
import { describeWith } from "./tools";

const { alerts: shipped, catalogue, fileOf } = contributions(everything);
const { vocabulary } = catalogue;
/** The alerts whose scenarios run: all of them, or the one that the environment variable ALERT names. */
const selected = shipped.filter(({ name }) => [undefined, name].includes(process.env.ALERT));
type Below = AlertForm & { readonly below: Limit };
const { above: _above, confirmedBy: _confirmedBy, ...form } = erpDown;
const outage = "every pod stops answering";
const directory = mkdtempSync(join(tmpdir(), "rules-"));
afterAll(() => rmSync(directory, { recursive: true }));

test.each(everywhere)("the rules of $name with $erp.httpMetrics have no faults", (environment) => {
  expect(signals(environment).faults).toEqual([]);
});

test("every rule has a severity, a team and a runbook", () => {
  const rule = signals(production)
    .erp.rules.flatMap(({ rules }) => rules)
    .find((one) => "alert" in one && one.alert === "ErpDown");
  expect(rule).toMatchObject({
    alert: "ErpDown",
    labels: { severity: "critical", service: "erp-api", team: "erp", environment: "production" },
    annotations: {
      summary: erpDown.summary,
      runbook_url: `${production.runbookBaseUrl}/ErpDown.md`,
    },
  });
});

test("the services that can be given to a team are those that alerts name", () => {
  const { alerts, logAlerts } = contributions(completeEnvironment);
  const named = (team: string) =>
    [...new Set([...alerts, ...logAlerts].flatMap((one) => (one.team === team ? one.service : [])))].sort();
  expect({ erp: named("erp"), platform: named("platform") }).toEqual(servicesOf);
});

test("rules, panels and the log agent cover the namespaces of teams wherever they cover ours", () => {
  const { platform, erp, logs } = signals(existing);
  const lists = [...JSON.stringify([platform, erp, logs.targets]).matchAll(/[\w|-]*\bnode-agents\b[\w|-]*/g)]
    .map(([list]) => list.split("|"))
    .filter(({ length }) => length > 1);
  expect(lists.length).toBeGreaterThan(20);
  expect(
    lists.filter((list) => !["payments", "payments-jobs", "warehouse"].every((one) => list.includes(one))),
  ).toEqual([]);
});

test("only environments with Elasticsearch have alerts on its metrics", () => {
  const { elasticsearch: _elasticsearch, ...erp } = production.erp;
  const without = signals({ ...production, erp });
  expect(without.faults).toEqual([]);
  expect(JSON.stringify(without.erp)).not.toMatch(/elasticsearch_|erp-elasticsearch/);
  expect(JSON.stringify(signals(production).erp)).toMatch(/elasticsearch_.*erp-elasticsearch/);
});

test.each(["name", "group", "severity", "service", "team", "measure", "summary", "description", "scenarios", "below"])(
  "an alert without `%s` is a fault before anything is built from it",
  (field) => {
    const { above: _above, below: _below, limit: _limit, ...form } = redisDown;
    const limit = field === "below" ? {} : { below: redisDown.limit };
    const incomplete = alert({ ...form, ...limit, [field]: undefined } as Parameters<typeof alert>[0]);
    const redis = subjects.find(({ name }) => name === "redis") as Subject;
    const replaced = jest.spyOn(redis as Required<Subject>, "alerts").mockReturnValue([incomplete]);
    const place = field === "name" ? "alerts/redis" : "alerts/redis/redis-down.ts";
    const lacking =
      field === "below"
        ? "above: is required\n    add `above` or `below`"
        : `${field}: is required\n    add \`${field}\``;
    try {
      expect(() => signals(local)).toThrow(
        `1 fault; nothing was written:\n- ${place}: ${lacking}; \`AlertForm\` in kit/alerts/alert.ts describes it`,
      );
    } finally {
      replaced.mockRestore();
    }
  },
);

describeWith("promtool", "Prometheus' own checks", (promtool) => {
  test.each([...everyChoice, everything])("the rules of $name load, and the linter finds nothing", (environment) => {
    const file = writeFile(`${environment.name}.yaml`, { groups: groups(environment) });
    expect(promtool("check", "rules", "--lint=all", "--lint-fatal", file).failure).toBeUndefined();
  });

  test("every alert fires and stays silent as its scenarios say", () => {
    expect(selected.length).toBeGreaterThan(0);
    const contradicted = contradictedScenarios(promtool, new Map(selected.map((given) => [given, { alert: given }])));
    expect(failureTexts(contradicted)).toEqual([]);
  });

  test("alerts that cover the namespaces of teams do so too, and find pods there whatever their names", () => {
    const covering = contributions(existing).alerts.filter(({ expression }) => expression.text.includes("warehouse"));
    expect(covering.map(({ name }) => name)).toEqual(expect.arrayContaining(["PodNotReady", "VolumeAlmostFull"]));
    const contradicted = contradictedScenarios(promtool, new Map(covering.map((given) => [given, { alert: given }])));
    expect(failureTexts(contradicted)).toEqual([]);
    const gateway = { phase: "Pending", namespace: "payments", pod: "erp-gateway-0" };
    const pending = samples(kubeStateMetrics.podPhase, [holds(1, "30m")], gateway);
    const waits = fires({ given: [pending], after: "14m", by: "16m" });
    const own = covering.find(({ name }) => name === "PodNotReady") as Alert;
    expect(contradictions(promtool, { ...own, scenarios: { "a pod of a team": waits } })).toEqual([]);
  });

  test("tasks are stuck later if a worker may take 961 seconds to end", () => {
    const worker = { ...everything.erp.celery.worker, terminationGracePeriodSeconds: 961 };
    const celery = { ...everything.erp.celery, worker };
    const environment = { ...everything, erp: { ...everything.erp, celery } };
    expect(signals(environment).faults).toEqual([]);
    expect(contradictions(promtool, celeryTasksStuck({ environment }))).toEqual([]);
  });

  test("alerts with a doubled `for` do so too, in a sample", () => {
    const longer = shuffle(selected, seed, ({ title }) => title)
      .filter(({ for: lasting }) => lasting !== undefined)
      .slice(0, 20)
      .map((given) => ({ given, alert: rebuild(given, { for: `${2 * inSeconds(given.for ?? "")}s` }) }));
    const contradicted = contradictedScenarios(promtool, new Map(longer.map((one) => [one.given, one])));
    expect(failureTexts(contradicted)).toEqual([]);
  });

  test("alerts for the other HTTP profile do so too", () => {
    const [other] = everywhere.filter(({ name, erp }) => name === "production" && erp.httpMetrics === profiles[1]);
    const asked = new Set(shipped.map(({ expression }) => expression.text));
    const theirs = other ? contributions(other).alerts.filter((one) => !asked.has(one.expression.text)) : [];
    const contradicted = contradictedScenarios(promtool, new Map(theirs.map((given) => [given, { alert: given }])));
    expect([...contradicted.keys()].map(({ name }) => name)).toContain("ErpRouteSlow");
    expect(failureTexts(contradicted)).toEqual([]);
  });

  test.each([
    ["an alert that keeps firing", { keepFiringFor: "5m" }],
    ["a measure that forgets pods that vanished", { measure: promql`sum(${erpApi.up}{job="erp-api"})` }],
    ["no confirmation by probes", { confirmedBy: undefined }],
    ["a measure of the worst pod", { measure: promql`min(${erpApi.up}{job="erp-api"}) or vector(0)` }],
  ])("ErpDown with %s fails its scenarios", (_, broken) => {
    expect(contradictions(promtool, alert({ ...erpDown, ...broken } as Below))).not.toEqual([]);
  });
});

describeWith("promtool", "scenarios that prove nothing", (promtool) => {
  const { scenarios } = erpDown;
  const well = [samples(erpApi.up, [holds(1, "5m")])];
  const one = promql`sum(${erpApi.up}{job="erp-api"}) > 5`;

  test.each<[string, Partial<AlertForm>]>([
    ["an alert that fires earlier than it states", { for: "1ms", scenarios: { outage: scenarios[outage] as Fires } }],
    ["a blip that never crosses the limit", { scenarios: { blip: blip({ given: well }) } }],
    ["low traffic that never crosses the limit", { provided: one, scenarios: { quiet: lowTraffic({ given: well }) } }],
  ])("%s fails", (_, changed) => {
    expect(contradictions(promtool, alert({ ...form, ...changed } as Below))).not.toEqual([]);
  });
});

describe("an alert that cannot work is a fault", () => {
  const share = { measure: promql`avg(up)`, description: "Pods do not answer." };
  const faults = (changed: Partial<AlertForm>) =>
    checkAlert(alert({ ...form, ...changed } as Below), vocabulary, { causes }).map(({ place, rule, value, remedy }) =>
      [`${place}: ${rule}`.split("\n")[0], value, remedy].filter(Boolean).join(" | "),
    );

  test.each<[string, Partial<AlertForm>]>([
    ["alert down: must be named in PascalCase | down | name it such as `RedisDown`", { name: "down" }],
    [
      "alert ErpDown: above: must be from 0 to 1, because it is a ratio | 5 | choose another limit, or write `factor(…)`, which may exceed 1",
      { ...share, above: ratio(5) },
    ],
    ["alert ErpDown: description: {{ $value is not closed | close it with }}", { description: "Only {{ $value" }],
    [
      'alert ErpDown: description: {{ $value | humanise }} calls "humanise", which is no function | did you mean humanize?',
      { description: "Only {{ $value | humanise }} pods." },
    ],
    [
      "alert ErpDown: summary: is required | add `summary`; `AlertForm` in kit/alerts/alert.ts describes it",
      // The compiler reports it, but synth does not run the compiler.
      { summary: undefined as unknown as string },
    ],
    [
      'alert ErpDown: measure: must be a query | "sum(up)" | write it as promql`…` or logql`…`; `AlertForm` in kit/alerts/alert.ts describes it',
      { measure: "sum(up)" as unknown as AlertForm["measure"] },
    ],
    [
      "alert ErpDown: above: must have a unit | 5 | write `count(5)`, `ratio(…)` or another unit; `AlertForm` in kit/alerts/alert.ts describes it",
      { above: 5 as unknown as Limit },
    ],
    [
      "alert ErpDown: for: must be a Prometheus duration above 0, and at most 292y | 30 | write a number and a unit, such as `2m`",
      { for: "30" },
    ],
    [
      "alert ErpDown: for: must be a Prometheus duration above 0, and at most 292y | 300y | write a number and a unit, such as `2m`",
      { for: "300y" },
    ],
    [
      "alert ErpDown: must contain no variable of Grafana: a rule is evaluated as it is written | $instance | write the value, such as `[5m]`",
      { measure: promql`sum(up{job="erp-api",instance=~"$instance"})` },
    ],
    ['alert ErpDown: unknown metric "upp" | did you mean "up"?', { measure: promql`sum(upp)` }],
    [
      'alert ErpDown: description: must not read the label "pod", which a branch of the expression lacks | keep it in every branch, such as by "sum by (pod) (…)", or remove it from the text',
      {
        measure: promql`max by (pod) (up) or vector(0)`,
        on: ["pod"],
        description: "{{ $labels.pod }} is down",
      },
    ],
    [
      "alert ErpDown: on: must name the labels of its expression: namespace, pod | pod | correct `on`, or the grouping of the measure",
      { measure: promql`max by (namespace, pod) (up)`, on: ["pod"] },
    ],
    [
      "alert ErpDown: summary: must be the same for every alert of this name | {{ $value }} | move the variable part to the description",
      { summary: "{{ $value }}" },
    ],
    [
      "alert ErpDown: scenarios: must include one with low traffic | add lowTraffic({ given })",
      { provided: promql`sum(up) > 0` },
    ],
    [
      "alert ErpDown: scenarios: must include one with low traffic, because its ratio may be that of a single event | add lowTraffic({ given }), or `littleTraffic` with the reason why one event may fire it",
      {
        measure: promql`sum(rate(${erpApi.entitiesCreated}[5m])) / sum(rate(${erpApi.entitiesCreated}[5m]))`,
        below: ratio(0.5),
        description: "Fewer are created.",
      },
    ],
  ])("%s", (message, changed) => {
    expect(faults(changed)).toEqual([message]);
  });

  test("a factor may exceed 1, because it is not a share of a whole", () => {
    expect(faults({ ...share, above: factor(14.4) })).toEqual([]);
  });

  test("an alert that fires for each user is a fault", () => {
    const created = erpApi.entitiesCreated;
    const measure = promql`sum by (organization_id) (increase(${created}[5m]))`;
    expect(faults({ measure, on: ["organization_id"] })).toEqual([
      'alert ErpDown: must not fire once for every "organization_id" | aggregate that label away',
    ]);
  });

  test("two alerts with the same name and labels, or with the same name and different summaries, are a fault", () => {
    const variants = ["1h", "1h", "6h"].map((window) => alert({ ...(form as Below), labels: { window } }));
    const other = alert({ ...(form as Below), labels: { window: "1d" }, summary: "Something else." });
    expect(checkNames([...variants, other]).map(({ place, rule }) => `${place} ${rule}`)).toEqual([
      "alert ErpDown 1h must have a unique name, or labels that distinguish it from others with this name",
      "alert ErpDown 1d: summary must have the same summary as the other alerts with its name",
    ]);
  });

  test("an alert without scenarios has a fault for every scenario that it must have", () => {
    expect(faults({ scenarios: {} }).map((fault) => fault.split(" | ")[0])).toEqual([
      "alert ErpDown: scenarios: must include one that fires",
      "alert ErpDown: scenarios: must include one that states when it resolves",
      "alert ErpDown: scenarios: must include a short blip",
      "alert ErpDown: scenarios: must include one in which nothing is measured",
    ]);
  });

  test("a scenario with a part of no duration is a fault", () => {
    const given = [samples(erpApi.up, [holds(1, "5 min"), gone(lasting("-1h"))])];
    const place = 'alert ErpDown: scenario "short": each part must have a duration above 0';
    const remedy = "write a number and a unit, such as `2m`, or add more to `lasting(…)`";
    expect(faults({ scenarios: { ...erpDown.scenarios, short: silent({ given }) } })).toEqual([
      `${place} | 5 min | ${remedy}`,
      `${place} | for -3600 seconds | ${remedy}`,
    ]);
  });

  test("a scenario with unknown series, or with times out of order, is a fault", () => {
    const given = [samples(erpApi.up, [holds(1, "5m")], { pd: "a", job: "erp-worker" })];
    const strange = { ...erpDown.scenarios, strange: fires({ given, after: "5m", by: "1m" }) };
    expect(faults({ scenarios: strange })).toEqual([
      'alert ErpDown: scenario "strange": must have increasing durations in this order: after, by, resolves.after, resolves.by | 5m, 1m | put them in order, such as `30s`, `1m`, `10m`, `11m`',
      'alert ErpDown: scenario "strange": up has no label "pd" | did you mean "pod"?',
      'alert ErpDown: scenario "strange": up never has job="erp-worker" | use "erp-api"',
    ]);
  });
});

test("series of scenarios are converted to promtool's notation", () => {
  const cpu = source(erpApiJob).counter("process_cpu_seconds_total", [], { help: "CPU time." });
  const counter = samples(cpu, [rises(2, "1m"), holds(120, "30s"), rises(1, "30s"), gone("45s")]);
  expect(inputSeries(counter, 15)).toEqual({
    series:
      'process_cpu_seconds_total{job="erp-api",endpoint="http",container="erp-api",instance="10.0.0.1:8000",namespace="erp",pod="erp-api-0",service="erp-api"}',
    values: "0+30x3 120+0x1 120+15x1 stale _x2",
  });
});

function rebuild({ above: _above, below: _below, ...given }: Alert, change: Partial<AlertForm>): Alert {
  const form = { ...given, ...change };
  return given.comparison === ">" ? alert({ ...form, above: given.limit }) : alert({ ...form, below: given.limit });
}

function groups(environment: Environment) {
  const { platform, erp } = signals(environment);
  return [...platform.rules, ...erp.rules];
}

function writeFile(name: string, content: unknown): string {
  const file = join(directory, name);
  writeFileSync(file, stringify(content));
  return file;
}

function placeOf(given: Alert): string {
  return [fileOf(given), ...Object.values(given.labels ?? {})].join(": ");
}

function failureTexts(contradicted: ReadonlyMap<Alert, readonly string[]>): readonly string[] {
  return [...contradicted].flatMap(([given, failures]) =>
    failures.map((one) => `${placeOf(given)}: ${one}: \`npm run prove -- ${given.name}\` draws it`),
  );
}

function contradictions(promtool: Run, given: Alert): readonly string[] {
  return [...contradictedScenarios(promtool, new Map([[given.name, { alert: given }]])).values()].flat();
}
