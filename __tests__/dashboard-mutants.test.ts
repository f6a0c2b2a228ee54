import { judgeDashboards } from "../bench/dashboard-mutants";
import { checkBranches } from "../kit/dashboards/check-branches";
import { checkStatedFigures } from "../kit/dashboards/check-stated-figures";
import { dashboard } from "../kit/dashboards/dashboard";
import { type DashboardMutant, dashboardMutants, undetectedMutants } from "../kit/dashboards/mutants";
import { timeseries } from "../kit/dashboards/panels";
import { statedDurations } from "../kit/dashboards/stated-durations";
import { metricsSource } from "../kit/dashboards/variables";
import { logqlMutations } from "../kit/queries/logql/mutations";
import { promql } from "../kit/queries/query";
import { logVocabulary } from "../logs/vocabulary";
import { contributions } from "../subjects/listings";
import { production } from "./fixtures/production";

const { vocabulary } = contributions(production).catalogue;
const runtime = "celery_task_runtime_bucket";

test.each([
  ["Created in the last hour", [3600]],
  ["Restarts, 30 min", [1800]],
  ["started anew in the last half hour", [1800]],
  ["Programs of which a line came within ten minutes", [600]],
  ["within half an hour of a deployment", [1800]],
  ["averaged over 15 minutes, beside last week's", [900, 604_800]],
  ["Requests a minute", [60]],
  ["in 1h and 2d", [3600, 172_800]],
  ["Memory of its limit, 90 %", []],
  ["Minority report in the hours", []],
])("the durations in %j are %j s", (text, durations) => {
  expect([...statedDurations(text)]).toEqual(durations);
});

describe("a panel that states another figure than it shows is refused", () => {
  const rules = (expr: string, legendFormat: string, description: string) =>
    checkStatedFigures({ type: "timeseries", title: "Runtime", description }, { expr, legendFormat }, "here").map(
      ({ rule, value }) => [rule, value],
    );
  const quantile = (given: number) => `histogram_quantile(${given}, sum by (le) (rate(${runtime}[$__rate_interval])))`;

  test.each([
    ["p95", "", 0.95],
    ["p99.9", "", 0.999],
    ["{{name}}", "The 95th percentile of each task.", 0.95],
    ["{{name}}", "95 % of the tasks end within this time.", 0.95],
    ["median", "", 0.5],
  ])("not with the legend %j and the description %j over the quantile %d", (legend, description, given) => {
    expect(rules(quantile(given), legend, description)).toEqual([]);
  });

  test("a percentile that the query does not compute, even if a less specific text is right", () => {
    const rule = "must state in its legend, title or description which percentile it shows, 50";
    expect(rules(quantile(0.5), "p95", "The median, p50.")).toEqual([[rule, "95"]]);
    expect(rules(quantile(0.5), "{{name}}", "How long tasks take.")).toEqual([[rule, undefined]]);
  });

  test("a fixed window of a log query that no text states", () => {
    const target = { expr: 'sum(count_over_time({app="erp-api"} [5m]))', datasource: { type: "loki" } };
    const found = (description: string) => checkStatedFigures({ type: "stat", description }, target, "here").length;
    expect([found("Lines of the last five minutes."), found("Lines of the last hour.")]).toEqual([0, 1]);
  });

  test("a fixed window that no text states", () => {
    const restarts = "sum(changes(kube_pod_container_status_restarts_total[30m]))";
    expect(rules(restarts, "restarts", "How often containers were restarted in the last half hour.")).toEqual([]);
    expect(rules(restarts, "restarts", "How often containers were restarted in the last hour.")).toEqual([
      ["must state in its legend, title or description how far back its range looks, 1800 s", undefined],
    ]);
  });
});

describe("branches of `or` with different labels", () => {
  const failed = "sum by (name) (rate(celery_task_failed_total[5m]))";
  const faults = (text: string) => checkBranches(text, vocabulary, "here").map(({ rule }) => rule.split("\n")[0]);

  test.each([
    `${failed} or 0 * sum by (name) (rate(celery_task_started_total[5m]))`,
    `sum(${failed} or sum by (queue_name) (celery_queue_length))`,
    `${failed} or vector(0)`,
  ])("are accepted if the difference is not visible: %s", (text) => {
    expect(faults(text)).toEqual([]);
  });

  test.each([
    `${failed} or 0 * sum(rate(celery_task_started_total[5m]))`,
    `topk(5, (${failed} or sum(celery_queue_length)) / ${failed})`,
  ])("are refused if a legend or a join uses the labels: %s", (text) => {
    expect(faults(text)).toEqual([
      "must not join series with the labels name and series with the labels (none) by `or`",
    ]);
  });
});

test("the mutants of a log query have mistakes in matchers, groupings and ranges", () => {
  const query = 'sum by (app) (count_over_time({app=~"erp-.+"} | level="ERROR" [5m]))';
  expect(logqlMutations(query).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'matcher negated: sum by (app) (count_over_time({app!~"erp-.+"} | level="ERROR" [5m]))',
    'label name misspelt: sum by (app) (count_over_time({pap=~"erp-.+"} | level="ERROR" [5m]))',
    'label value misspelt: sum by (app) (count_over_time({app=~"rep-.+"} | level="ERROR" [5m]))',
    'matcher negated: sum by (app) (count_over_time({app=~"erp-.+"} | level!="ERROR" [5m]))',
    'label name misspelt: sum by (app) (count_over_time({app=~"erp-.+"} | elvel="ERROR" [5m]))',
    'label value misspelt: sum by (app) (count_over_time({app=~"erp-.+"} | level="REROR" [5m]))',
    'grouping label dropped: sum by () (count_over_time({app=~"erp-.+"} | level="ERROR" [5m]))',
    'range changed: sum by (app) (count_over_time({app=~"erp-.+"} | level="ERROR" [75s]))',
    'range changed: sum by (app) (count_over_time({app=~"erp-.+"} | level="ERROR" [1200s]))',
  ]);
});

describe("mutants of dashboards", () => {
  const panel = timeseries({
    title: "Runtime, p95",
    description: "Of each kind of task, and the tasks that wait.",
    unit: "s",
    width: 24,
    queries: [
      {
        query: promql`histogram_quantile(0.95, sum by (le, name) (rate(${runtime}{job="celery-exporter"}[$__rate_interval])))`,
        legend: "{{name}}",
      },
    ],
  });
  const other = timeseries({
    title: "Waiting",
    description: "Tasks that wait.",
    unit: "short",
    width: 24,
    queries: [{ query: promql`sum(celery_queue_length)`, legend: "waiting" }],
  });
  const context = { runbookBaseUrl: "", vocabulary, logs: logVocabulary, alerts: [], scrapeSeconds: 30 };
  const model = dashboard(
    {
      uid: "tasks",
      folder: "Tests",
      title: "Tasks",
      description: "For tests.",
      tags: [],
      variables: [metricsSource("prometheus")],
      annotations: [],
      links: [],
      rows: { Row: [panel, other] },
    },
    context,
  );
  const made = dashboardMutants([model], context).filter(({ place }) => place.includes("Runtime"));
  const named = (mutants: readonly DashboardMutant[]) => mutants.map(({ kind, mistake }) => `${kind}: ${mistake}`);

  test("have one mistake each, in the query or in the display", () => {
    expect(named(made.filter(({ expected }) => expected))).toEqual([
      "quantile changed: the quantile 0.95 is 0.475",
      "quantile changed: the quantile 0.95 is 0.995",
      'grouping label dropped: le dropped from sum by (le, name) (rate(celery_task_runtime_bucket{job="c…',
      'grouping label dropped: name dropped from sum by (le, name) (rate(celery_task_runtime_bucket{job="c…',
      'label name misspelt: {job="celery-exporter"} with its label misspelt',
      'label value misspelt: {job="celery-exporter"} with its value misspelt',
      "range changed: [$__rate_interval] is 20m",
      "legend misspelt: {{name}} is {{anme}}",
      "unit exchanged: s is short",
    ]);
  });

  test("are detected, except mistakes that only real data contradicts", () => {
    const undetected = undetectedMutants(made, [model], context).filter(({ expected }) => expected);
    expect(named(undetected)).toEqual([]);
    const reported = made.filter(({ expected }) => !expected).map(({ kind }) => kind);
    expect([...new Set(reported)].sort()).toEqual(["aggregation exchanged", "matcher dropped", "matcher negated"]);
  });

  test("are detected in our dashboards, in a sample of all mutants", () => {
    const { made, undetected } = judgeDashboards((index) => index % 40 === 0);
    expect(made.length).toBeGreaterThan(100);
    // The check of units does not distinguish requests per second from rows per second.
    const survivors = undetected.filter(({ expected, kind }) => expected && kind !== "unit exchanged");
    expect(survivors.map(({ place, mistake }) => `${place}: ${mistake}`)).toEqual([]);
  });

  test("do not change the original dashboard", () => {
    const before = JSON.stringify(model);
    for (const mutant of made) expect(JSON.stringify(mutant.model())).not.toBe(before);
    expect(JSON.stringify(model)).toBe(before);
  });
});
