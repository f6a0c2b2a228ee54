import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import { stringify } from "yaml";
import { estimatedWait } from "../alerts/celery/celery-queue-long";
import { erpDown } from "../alerts/erp-api/erp-down";
import { erpErrorBudgetBurn } from "../alerts/erp-slos/erp-error-budget-burn";
import { erpLatencyBudgetBurn } from "../alerts/erp-slos/erp-latency-budget-burn";
import { questionsOf } from "../commands/dashboards/questions";
import { httpQueries } from "../dashboards/erp-api/http-queries";
import { dataSources, scrapeSeconds } from "../dashboards/grafana/data-sources";
import { alert } from "../kit/alerts/alert";
import { alertsSeries } from "../kit/alerts/alerts-series";
import { count, ratio } from "../kit/alerts/limit";
import { alertPanel } from "../kit/dashboards/alert-panel";
import { alertPanels } from "../kit/dashboards/alert-panels";
import { deployments, firingAlerts } from "../kit/dashboards/annotations";
import { dashboards } from "../kit/dashboards/build-dashboards";
import { checkDashboards } from "../kit/dashboards/check-dashboards";
import { checkQueries } from "../kit/dashboards/check-queries";
import { type DashboardForm, dashboard, type Model } from "../kit/dashboards/dashboard";
import { explorePath } from "../kit/dashboards/explore-link";
import { linesOf, place } from "../kit/dashboards/layout";
import { link } from "../kit/dashboards/links";
import { panelsOf } from "../kit/dashboards/model";
import { outline } from "../kit/dashboards/outline";
import type { Shown } from "../kit/dashboards/panel-queries";
import { type PanelForm, stat, timeseries } from "../kit/dashboards/panels";
import { targetsOf } from "../kit/dashboards/targets";
import { above, below, type Thresholds } from "../kit/dashboards/thresholds";
import { choice, logsSource, metricsSource, percentile, text } from "../kit/dashboards/variables";
import { metricNames } from "../kit/queries/promql/metric-names";
import { logql, type Promql, promql } from "../kit/queries/query";
import { logVocabulary } from "../logs/vocabulary";
import { fastapiInstrumentator } from "../metrics/erp-api/fastapi-instrumentator";
import { starlettePrometheus } from "../metrics/erp-api/starlette-prometheus";
import type { Environment } from "../settings/environment";
import { signals } from "../signals";
import { contributions } from "../subjects/listings";
import { subjects } from "../subjects/subjects";
import { azure } from "./fixtures/azure";
import { everything, everywhere, type profiles, withProfile } from "./fixtures/everything";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { traced } from "./fixtures/traced";
import { zipkin } from "./fixtures/zipkin";
import { hostileTexts } from "./notifications/hostile-texts";
import { onceForSettings } from "./once-for-settings";
import { describeWith } from "./tools";

/** The dashboards of an environment. Most tests look at one panel. */
const dashboardsOf = onceForSettings((environment) => {
  const { dashboards: forms, catalogue, alerts, logAlerts, kept } = contributions(environment);
  const { runbookBaseUrl, grafana } = environment;
  return dashboards(forms, {
    runbookBaseUrl,
    isKept: kept.isKept,
    vocabulary: catalogue.vocabulary,
    logs: logVocabulary,
    alerts: [...alerts, ...logAlerts],
    scrapeSeconds,
    ...(grafana.mode !== "off" && { grafanaUrl: grafana.url }),
  });
});

const directory = mkdtempSync(join(tmpdir(), "dashboards-"));
afterAll(() => rmSync(directory, { recursive: true }));

test.each(everywhere)("the dashboards of $name with $erp.httpMetrics have no faults", (environment) => {
  expect(signals(environment).faults).toEqual([]);
});

test("every series that needs an event is queried by a panel", () => {
  const models = everywhere.flatMap((environment) => dashboardsOf(environment).dashboards);
  const asked = models.flatMap(({ model }) => questionsOf(model, { namespace: "erp" })).flatMap((one) => one.selectors);
  const known = new Set(asked.flatMap((selector) => [selector, ...metricNames(selector)]));
  const events = subjects.flatMap(({ eventSeries = {} }) => Object.keys(eventSeries));
  expect(events.filter((key) => !known.has(key))).toEqual([]);
});

describe("the FastAPI overview", () => {
  test("shows in its first row whether the ERP is healthy", () => {
    const panels = overview(production).panels as Panel[];
    const first = panels.slice(
      1,
      panels.findIndex(({ title }) => title === "Availability"),
    );
    expect(first.map(({ title, gridPos }) => [gridPos?.x, gridPos?.y, title])).toEqual([
      [0, 1, "Alerts firing"],
      [6, 1, "API pods up"],
      [12, 1, "Requests"],
      [18, 1, "Error ratio"],
      [0, 4, "Error budget left"],
      [6, 4, "p95 latency"],
      [12, 4, "p99 latency"],
      [18, 4, "Requests in progress"],
    ]);
  });

  test("shows ErpDown with the measure and limit of the alert, and links to its runbook", () => {
    const panel = panelOf(overview(production), "API pods up over time");
    const measure = 'sum(up{job="erp-api"}) or vector(0)';
    expect(panel.targets).toMatchObject([{ expr: measure }, { expr: erpDown.confirmedBy?.text }]);
    expect(panelOf(overview(production), "API pods up").targets).toMatchObject([{ expr: measure, instant: true }]);
    expect(panel.fieldConfig?.defaults.thresholds?.steps).toEqual([
      { value: null, color: "red" },
      { value: 1, color: "transparent" },
    ]);
    expect(panel.links).toMatchObject([{ url: `${production.runbookBaseUrl}/ErpDown.md` }]);
  });

  test("draws the limits of the environment's objectives", () => {
    const steps = (title: string) => panelOf(overview(production), title).fieldConfig?.defaults.thresholds?.steps;
    const colored = (color: string, value: number | null) => ({ color, value });
    expect(steps("Error ratio")).toEqual([colored("green", null), colored("yellow", 0.001), colored("red", 0.0144)]);
    expect(steps("p99 latency")).toEqual([colored("green", null), colored("red", 0.5)]);
    expect(steps("CPU use, % of request")).toEqual([colored("transparent", null), colored("red", 0.7)]);
  });

  test("does not have the panels for which the HTTP profile has no metrics", () => {
    const titles = (profile: (typeof profiles)[number]) =>
      panelsOf(overview(withProfile(production, profile))).map(({ title }) => title);
    const lacking = titles("starlette-prometheus").filter((title) => !titles("fastapi-instrumentator").includes(title));
    expect(lacking).toEqual([
      "Requests in progress",
      "Unhandled exceptions",
      "Requests in progress by pod",
      "Pods with a new exception",
    ]);
  });

  test("has variables whose defaults show data", () => {
    const defaults = overview(production).templating.list?.map(({ name, current }) => [name, current?.value]);
    expect(defaults).toEqual([
      ["metrics", "prometheus"],
      ["logs", "loki"],
      // Without a value, Grafana selects the first namespace of the query's result.
      ["namespace", undefined],
      ["route", "$__all"],
      ["percentile", "0.95"],
    ]);
  });

  test("links to Sentry with the time range of the dashboard, if the URL of Sentry is set", () => {
    const issuesUrl = "https://example.sentry.io/issues/?project=1";
    const sentry = { mode: "managed", revision: 1, tracesSampleRate: 0.1, profilesSampleRate: 0.1, issuesUrl } as const;
    const urls = (environment: typeof production) => overview(environment).links?.map(({ url }) => url) ?? [];
    expect(urls({ ...production, erp: { ...production.erp, sentry } })).toContain(
      `${issuesUrl}&environment=production&start=\${__from:date:iso}&end=\${__to:date:iso}&utc=true`,
    );
    expect(urls(local).join()).not.toContain("sentry");
  });

  test("is small enough for a ConfigMap, and has no fields that a server sets", () => {
    const model = overview(production);
    expect(Buffer.byteLength(JSON.stringify(model))).toBeLessThan(1024 * 1024);
    expect(Object.keys(model)).not.toEqual(expect.arrayContaining(["id"]));
    expect(Object.keys(model)).not.toEqual(expect.arrayContaining(["version"]));
  });
});

describe("the infrastructure dashboard", () => {
  const titles = (environment: typeof production) =>
    panelsOf(dashboardOf(environment, "platform-infrastructure")).map(({ title }) => title);
  const withNodes = (nodeExporter: "off" | "existing") => ({
    ...production,
    cluster: { ...production.cluster, nodeExporter },
  });

  test("shows in its first row whether the cluster has problems", () => {
    expect(titles(production).slice(0, 8)).toEqual([
      ...[
        "Alerts firing",
        "Pods not ready",
        "Restarts, 30 min",
        "Highest container memory",
        "Lowest free volume space",
      ],
      ...["Nodes not ready", "Highest node memory", "Lowest free node disk space"],
    ]);
  });

  test("has only panels about nodes for which the environment has metrics", () => {
    const lacking = titles(production).filter((title) => !titles(withNodes("off")).includes(title));
    expect(lacking).toContain("CPU use by node");
    expect(lacking).not.toContain("Nodes ready");
    expect(titles(withNodes("existing"))).toEqual(titles(production));
  });

  test("has panels about an autoscaler and about the clocks of nodes only if the environment has them", () => {
    const lacking = titles(production).filter((title) => !titles(local).includes(title));
    expect(lacking).toEqual([
      "API pods and autoscaler maximum",
      "Pods the autoscaler can still add",
      "Clock difference by node",
    ]);
  });
});

test("the notifications of an alert link to the panel of the alert, if the environment has a Grafana", () => {
  const panel = panelOf(overview(production), "API pods up over time");
  const address = `https://grafana.example.com/d/erp-fastapi-overview?viewPanel=${panel.id}`;
  expect(dashboardsOf(production).alertUrls.get(erpDown.expression.text)).toBe(address);
  expect([...dashboardsOf({ ...production, grafana: { mode: "off" } }).alertUrls]).toEqual([]);
});

describe("the panel of an alert", () => {
  const titles = everywhere.flatMap((environment) => {
    const names = contributions(environment).alerts.map(({ name }) => name);
    const panels = dashboardsOf(environment).dashboards.flatMap(({ model }) => panelsOf(model));
    return panels.filter(({ title = "" }) => names.some((name) => /[a-z][A-Z]/.test(name) && title.includes(name)));
  });

  test("does not have the name of an alert in its title", () => {
    expect(titles.map(({ title }) => title)).toEqual([]);
  });

  test("is in a collapsed row at the end if another panel shows the same measure in another form", () => {
    const rows = (overview(production).panels ?? []).filter((panel) => panel.type === "row") as RowPanel[];
    expect(rows.map(({ collapsed }) => collapsed)).toEqual([...rows.slice(1).map(() => false), true]);
    const last = rows.at(-1);
    expect(last?.panels.map(({ title }) => title)).toContain("API pods up over time");
    expect(last?.panels[0]?.gridPos).toEqual({ x: 0, y: (last?.gridPos?.y ?? 0) + 1, w: 8, h: 8 });
  });

  test("can be limited to the series that are nearest to the limit, and still belongs to the alert", () => {
    const { confirmedBy: _confirmedBy, ...rest } = erpDown;
    const podsDown = alert({ ...rest, below: count(1), measure: promql`sum by (pod) (up)`, on: ["pod"] });
    const shown = (query: Promql) => {
      const thresholds = below({ red: erpDown.limit.value });
      const model = tiny({
        rows: { Row: [timeseries({ ...form, thresholds, queries: [{ query, legend: "{{pod}}" }] })] },
      });
      return alertPanels([podsDown], [model]).size;
    };
    const panel = alertPanel(podsDown, { title: "Pods", width: 8, most: 10 }).build({ runbookBaseUrl: "" });
    expect(targetsOf(panel)[0]?.expr).toBe("bottomk(10, sum by (pod) (up))");
    expect(shown(promql`bottomk(10, sum by (pod) (up))`)).toBe(1);
    expect(shown(promql`topk(10, sum by (pod) (up))`)).toBe(0);
    expect(shown(promql`bottomk(10, sum by (job) (up))`)).toBe(0);
  });
});

test("alerts with the same name link to separate panels, each of which draws both windows and their limit", () => {
  const { catalogued } = contributions(production);
  const burning = [...erpErrorBudgetBurn(catalogued), ...erpLatencyBudgetBurn(catalogued)];
  const { alertUrls } = dashboardsOf(production);
  expect(new Set(burning.map(({ expression }) => alertUrls.get(expression.text))).size).toBe(burning.length);
  const panel = panelOf(dashboardOf(production, "erp-slo"), "Error budget burn rate over 6 hours");
  expect(panel.targets?.map((target) => (target as { legendFormat?: string }).legendFormat)).toEqual([
    "6h in {{namespace}}",
    "30m in {{namespace}}",
  ]);
  expect(panel.fieldConfig?.defaults.thresholds?.steps.at(-1)).toEqual({ color: "red", value: 6 });
});

describeWith("promtool", "the queries of panels, in Prometheus", (promtool) => {
  const writeFile = (name: string, content: unknown) => {
    writeFileSync(join(directory, name), stringify(content));
    return join(directory, name);
  };
  const result = (given: Promql, series: readonly [string, string][], samples: readonly object[]) => {
    const tests = [
      {
        interval: "15s",
        input_series: series.map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [{ expr: completeVariables(given.text), eval_time: "10m", exp_samples: samples }],
      },
    ];
    return promtool("test", "rules", writeFile("expression.yaml", { rule_files: [], fuzzy_compare: true, tests }))
      .output;
  };

  test.each(everywhere)("every query of $name with $erp.httpMetrics is PromQL", (environment) => {
    const expressions = [...new Set(dashboardsOf(environment).queries.map(completeVariables))];
    const group = { name: "panels", rules: expressions.map((expr, index) => ({ record: `panel:${index}`, expr })) };
    expect(expressions.length).toBeGreaterThan(25);
    expect(promtool("check", "rules", writeFile("panels.yaml", { groups: [group] })).status).toBe(0);
  });

  describe.each([
    {
      http: starlettePrometheus,
      succeeded: 'starlette_responses_total{namespace="erp",path_template="/a",status_code="200"}',
      failed: 'starlette_responses_total{namespace="erp",path_template="/a",status_code="500"}',
    },
    {
      http: fastapiInstrumentator,
      succeeded: 'http_requests_total{namespace="erp",handler="/a",status="2xx"}',
      failed: 'http_requests_total{namespace="erp",handler="/a",status="5xx"}',
    },
  ])("with $http.name the error ratio", ({ http, succeeded, failed }) => {
    const { errorRatio } = httpQueries(http);

    test("is 0 as long as no request has failed", () => {
      expect(result(errorRatio(), [[succeeded, "0+15x40"]], [{ labels: "{}", value: 0 }])).toContain("SUCCESS");
    });

    test("is 0 while there are no requests", () => {
      expect(result(errorRatio(), [[succeeded, "7+0x40"]], [{ labels: "{}", value: 0 }])).toContain("SUCCESS");
    });

    test("is the share of failures, also for each route", () => {
      const series: [string, string][] = [
        [succeeded, "0+45x40"],
        [failed, "0+15x40"],
      ];
      expect(result(errorRatio(), series, [{ labels: "{}", value: 0.25 }])).toContain("SUCCESS");
      const routes = [{ labels: '{route="/a"}', value: 0.25 }];
      expect(result(errorRatio("route"), series, routes)).toContain("SUCCESS");
    });

    test("has no result, and is not 0, if nothing is scraped", () => {
      expect(result(errorRatio(), [], [])).toContain("SUCCESS");
    });
  });

  test("a latency has a result only while there are requests", () => {
    const bucket = (le: string) =>
      `starlette_requests_processing_time_seconds_bucket{namespace="erp",path_template="/a",le="${le}"}`;
    const series = (values: string): [string, string][] => [
      [bucket("0.5"), values],
      [bucket("+Inf"), values],
    ];
    const median = httpQueries(starlettePrometheus).quantile(0.5);
    expect(result(median, series("0+15x40"), [{ labels: "{}", value: 0.25 }])).toContain("SUCCESS");
    expect(result(median, series("9+0x40"), [])).toContain("SUCCESS");
  });

  test.each([
    ["Waiting for locks", "{}", 0],
    ["Oldest transaction", "{}", 0],
    ["Active sessions by wait event", '{wait_event_type="none"}', 0],
    ["Cache hit ratio", '{datname="erp"}', 1],
  ])("for an idle PostgreSQL, the panel %s shows %s %d", (title, labels, value) => {
    const target = targetsOf(panelOf(dashboardOf(production, "erp-database"), title))[0];
    const session = 'namespace="erp",datname="erp",state="active"';
    const idle: [string, string][] = [
      [`pg_stat_activity_count{${session}}`, "0x40"],
      [`pg_stat_activity_max_tx_duration{${session}}`, "0x40"],
      ['pg_stat_database_blks_hit{namespace="erp",datname="erp"}', "7x40"],
      ['pg_stat_database_blks_read{namespace="erp",datname="erp"}', "7x40"],
    ];
    expect(result({ text: target?.expr ?? "" } as Promql, idle, [{ labels, value }])).toContain("SUCCESS");
  });

  test("the waiting time of a queue is 0 for an empty queue, and has no result while tasks wait and none is started", () => {
    const waits = estimatedWait("5m");
    const queue = (values: string): [string, string] => ['celery_queue_length{queue_name="default"}', values];
    const started = (values: string): [string, string] => ['celery_task_started_total{queue_name="default"}', values];
    const labels = '{queue_name="default"}';
    expect(result(waits, [queue("60x40"), started("0+15x40")], [{ labels, value: 60 }])).toContain("SUCCESS");
    expect(result(waits, [queue("0x40"), started("7x40")], [{ labels, value: 0 }])).toContain("SUCCESS");
    expect(result(waits, [queue("0x40")], [{ labels, value: 0 }])).toContain("SUCCESS");
    expect(result(waits, [queue("60x40"), started("7x40")], [])).toContain("SUCCESS");
  });

  test("the remaining error budget is 1 without failures, 0.5 with half of the allowed failures, and negative with too many", () => {
    const panel = panelOf(overview(production), "Error budget left");
    const left = { text: targetsOf(panel)[0]?.expr ?? "" } as Promql;
    const recorded = (name: string, values: string) =>
      [`erp:http_${name}:increase30d{namespace="erp"}`, values] as const;
    const budget = (failures: string, value: number) =>
      result(
        left,
        [[...recorded("requests", "80000x40")], [...recorded("failures", failures)]],
        [{ labels: '{namespace="erp"}', value }],
      );
    expect(budget("0x40", 1)).toContain("SUCCESS");
    expect(budget("40x40", 0.5)).toContain("SUCCESS");
    expect(budget("160x40", -1)).toContain("SUCCESS");
  });
});

describe("the layout", () => {
  test("fills lines of 24 columns, and starts the next line below the tallest panel", () => {
    const sizes = [
      [12, 8],
      [6, 4],
      [6, 6],
      [8, 3],
    ] as const;
    const lines = linesOf(sizes, ([w]) => w).map((line) => line.map(([w, h]) => ({ w, h })));
    const { positions, bottom } = place(lines, 1);
    expect(positions.map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [12, 1],
      [18, 1],
      [0, 9],
    ]);
    expect(bottom).toBe(12);
  });

  test("distributes the rest of a line among its panels, in proportion to their widths", () => {
    const widths = (...given: number[]) =>
      place([given.map((w) => ({ w, h: 8 }))], 0).positions.map(({ x, w }) => [x, w]);
    expect(widths(8)).toEqual([[0, 24]]);
    expect(widths(8, 8)).toEqual([
      [0, 12],
      [12, 12],
    ]);
    expect(widths(6, 12)).toEqual([
      [0, 8],
      [8, 16],
    ]);
    expect(widths(5, 5, 5)).toEqual([
      [0, 8],
      [8, 8],
      [16, 8],
    ]);
  });

  test("keeps the number of a panel when other panels are added before it", () => {
    const id = (titles: string[]) => panelOf(tiny({ rows: { Row: titles.map((title) => plain({ title })) } }), "B").id;
    expect(id(["A", "B"])).toBe(id(["B"]));
  });
});

describe("an outline", () => {
  test("has a line for each row, panel and query", () => {
    const thresholds = above({ yellow: 0.5, red: 1 });
    const queries = [{ query: promql`up`, legend: "{{pod}}" }];
    const model = tiny({ rows: { "First row": [timeseries({ ...form, thresholds, queries })] } });
    expect(outline(model)).toEqual({
      title: "Tiny",
      variables: { metrics: "datasource prometheus (Prometheus)" },
      annotations: {},
      rows: {
        "First row": { "Pods · timeseries · short · transparent, yellow from 0.5, red from 1": ["up → {{pod}}"] },
      },
    });
  });
});

describe("a misleading dashboard has a fault with its panel and query", () => {
  const faults = (models: readonly Model[], alerts = [] as readonly (typeof erpDown)[]) =>
    checkDashboards(models, {
      vocabulary: contributions(production).catalogue.vocabulary,
      logs: logVocabulary,
      scrapeSeconds,
      alerts,
      shown: alertPanels(alerts, models),
    }).map(({ place, rule, value, remedy }) =>
      [`${place}: ${rule}`.split("\n")[0], value, remedy].filter((part) => part !== undefined).join(" | "),
    );
  const shows = (query: Promql, more: Partial<PanelForm> = {}) =>
    faults([tiny({ rows: { Row: [timeseries({ ...form, ...more, queries: [{ query, legend: "{{pod}}" }] })] } })]);
  const at = 'dashboard "Tiny": panel "Pods"';

  test.each<[string, Promql, string]>([
    ["an unknown metric", promql`upp`, `${at}: query A: unknown metric "upp" | did you mean "up"?`],
    ["an unknown label", promql`up{pd="a"}`, `${at}: query A: unknown label "pd" | did you mean "pod"?`],
    [
      "a rate over a fixed window",
      promql`60 * rate(erp_entities_created_total{pod=~"erp-api-[0-9]"}[5m])`,
      `${at}: query A: rate() must follow the zoom | [5m] | write [$__rate_interval]`,
    ],
    [
      "a window that can become too short",
      promql`rate(kube_pod_container_status_restarts_total[$__rate_interval])`,
      `${at}: query A: $__rate_interval can become 60 s: a range of 60 s is shorter than 4 scrapes, which are 30 s apart | give the panel the \`scrapeSeconds\` of its slowest metric`,
    ],
    ["an unknown variable", promql`up{pod="$pod"}`, `${at}: unknown variable "pod" | use "metrics"`],
  ])("%s", (_, query, message) => {
    expect(shows(query)).toEqual([message]);
  });

  test("a variable that lists a label that its series do not have", () => {
    const task = { name: "task", title: "Task", series: promql`celery_task_sent_total` };
    const rows = { Row: [plain({ title: "$task" })] };
    const lists = (label: string) =>
      faults([tiny({ variables: [metricsSource("prometheus"), choice({ ...task, label })], rows })]);
    expect(lists("name")).toEqual([]);
    expect(lists("nam")).toEqual([
      'dashboard "Tiny": variable "task": groups by "nam", which the operand lacks | did you mean "name"?',
    ]);
  });

  test("but not the same window if the panel states the scrape interval of its metric", () => {
    const query = promql`rate(kube_pod_container_status_restarts_total[$__rate_interval])`;
    expect(shows(query, { scrapeSeconds: 30, unit: "cps" })).toEqual([]);
  });

  test.each<[string, Partial<PanelForm>, string]>([
    ["title", { title: "" }, "must have a title | name the contents of the panel in the title"],
    [
      "description",
      { description: "" },
      `${at}: must have a description | describe what it shows, what is normal, and what to do`,
    ],
    ["unit", { unit: "" }, `${at}: must have a unit | \`none\` for a plain number`],
    [
      "short title",
      { title: "Pods that answer, and what they answer with" },
      "must have a title of at most 40 characters | 43 | move details to the description",
    ],
    ["place", { width: 25 }, `${at}: must lie within the 24 columns of the grid | columns 0 to 25 | make it narrower`],
  ])("a panel without a %s", (_, broken, message) => {
    expect(shows(promql`up`, broken)).toEqual([expect.stringContaining(message)]);
  });

  test("a row with a title that is too long, also if it is collapsed", () => {
    const title = "Everything else that the alerts of this team measure";
    const tooLong = `dashboard "Tiny": row "${title}": must have a title of at most 40 characters | 52 | move details to the description`;
    expect(faults([tiny({ rows: { [title]: [plain({})] } })])).toEqual([tooLong]);
    expect(faults([tiny({ collapsedRows: { [title]: [plain({ title: "Other pods" })] } })])).toEqual([tooLong]);
  });

  describe("an unknown name of a field", () => {
    const lacks = (label: string) => `names the label "${label}", which the result of the query lacks`;
    const hasNoColumn = (name: string) => `names the column "${name}", which the panel lacks`;
    const byJob = promql`sum by (job) (up)`;
    /** The faults of a panel in Grafana's own format with a change. */
    const changed = (change: Partial<Panel> | ((panel: Panel) => Partial<Panel>)) => {
      const model = tiny({ rows: { Row: [timeseries({ ...form, queries: [{ query: byJob, legend: "{{job}}" }] })] } });
      const panels = (model.panels as Panel[]).map((panel) =>
        panel.title === "Pods" ? { ...panel, ...(typeof change === "function" ? change(panel) : change) } : panel,
      );
      return faults([{ ...model, panels }]);
    };
    /** The result as a table: a column for each label, `Time`, and `Value`. */
    const table = (more: Partial<Panel>) =>
      changed(({ targets = [] }) => ({ targets: targets.map((one) => ({ ...one, format: "table" })), ...more }));

    test.each([
      [promql`sum by (job) (up)`, "{{job}} and {{ jb }}", "jb", 'did you mean "job"?'],
      [promql`sum(up)`, "{{job}}", "job", "remove it"],
      [promql`sum by (job) (up) + on (job) sum by (job) (up)`, "{{pod}}", "pod", 'use "job"'],
      [
        logql`sum by (level) (count_over_time({app="erp-api"} | json [$__auto]))`,
        "{{levl}}",
        "levl",
        'did you mean "level"?',
      ],
    ])("in a legend: %s with %s", (query, legend, label, remedy) => {
      const variables = [query.language === "logql" ? logsSource("loki") : metricsSource("prometheus")];
      const model = tiny({ variables, rows: { Row: [timeseries({ ...form, queries: [{ query, legend }] })] } });
      expect(faults([model])).toEqual([`${at}: query A: legend: ${lacks(label)} | ${legend} | ${remedy}`]);
    });

    test.each(["{{job}}", "pods", "{{$by}}", "{{__name__}} of {{job}}"])(
      "but not in a legend with existing labels: %s",
      (legend) => {
        const queries = [{ query: legend.includes("__name__") ? promql`up` : byJob, legend }];
        const variables = [metricsSource("prometheus"), ...(legend.includes("$by") ? [text("by", "By", "job")] : [])];
        expect(faults([tiny({ variables, rows: { Row: [timeseries({ ...form, queries })] } })])).toEqual([]);
      },
    );

    test("in a link of each series", () => {
      const seriesLinks = [link({ title: "Logs", url: '/a?${__field.labels.pd}&${__field.labels["job"]}' })];
      const queries = [
        { query: promql`up`, legend: "{{pod}}" },
        { query: byJob, legend: "{{job}}" },
      ];
      expect(faults([tiny({ rows: { Row: [timeseries({ ...form, seriesLinks, queries })] } })])).toEqual([
        expect.stringMatching(/query A: link: names the label "pd".* \| did you mean "pod"\?$/),
        expect.stringMatching(/query B: link: names the label "pd".* \| use "job"$/),
      ]);
    });

    test("in an override, the order and a link of a table", () => {
      const overrides = ["job", "Value", "Value #A", "jb"].map((options) => ({
        matcher: { id: "byName", options },
        properties: [
          { id: "displayName", value: `shown as ${options}` },
          { id: "links", value: [{ title: "Job", url: '/a?${__data.fields.job}&${__data.fields["jop"]}' }] },
        ],
      }));
      const sortBy = ["shown as job", "Valu"].map((displayName) => ({ displayName }));
      const broken = table({ fieldConfig: { defaults: { unit: "short" }, overrides }, options: { sortBy } });
      expect(broken).toEqual([
        `${at}: override: ${hasNoColumn("jb")} | did you mean "job"?`,
        `${at}: link: ${hasNoColumn("jop")} | did you mean "job"?`,
        `${at}: sorting: ${hasNoColumn("Valu")} | did you mean "Value"?`,
      ]);
    });

    test.each<[string, object, string]>([
      ["organize", { excludeByName: { Tim: true }, renameByName: { job: "Job" } }, "Tim"],
      ["joinByField", { byField: "jo" }, "jo"],
      ["groupBy", { fields: { jb: { operation: "groupby" } } }, "jb"],
      ["sortBy", { sort: [{ field: "Vale" }] }, "Vale"],
      ["calculateField", { alias: "a", mode: "binary", binary: { left: "Valu", operator: "/", right: "2" } }, "Valu"],
      ["filterFieldsByName", { include: { names: ["job", "vale"] } }, "vale"],
      ["filterByValue", { filters: [{ fieldName: "jop" }] }, "jop"],
      ["groupingToMatrix", { columnField: "job", rowField: "Time", valueField: "Valeu" }, "Valeu"],
    ])("in the transformation %s", (id, options, name) => {
      const [fault, ...others] = table({ transformations: [{ id, options }] });
      expect(fault).toContain(`${at}: transformation "${id}": ${hasNoColumn(name)} | `);
      expect(others).toEqual([]);
    });

    test("in a transformation of the result of an earlier one", () => {
      const steps = (field: string) => [
        { id: "organize", options: { renameByName: { job: "Job", Value: "Pods" } } },
        {
          id: "groupBy",
          options: {
            fields: { Job: { operation: "groupby" }, Pods: { operation: "aggregate", aggregations: ["sum"] } },
          },
        },
        { id: "calculateField", options: { alias: "Half", binary: { left: "Pods (sum)", operator: "/", right: "2" } } },
        { id: "sortBy", options: { sort: [{ field }] } },
      ];
      expect(table({ transformations: steps("Half") })).toEqual([]);
      expect(table({ transformations: steps("Pods") })).toEqual([expect.stringContaining(hasNoColumn("Pods"))]);
    });

    test("in columns that a transformation creates from labels", () => {
      const transformations = (valueLabel: string) => [{ id: "labelsToFields", options: { valueLabel } }];
      expect(changed({ transformations: transformations("job") })).toEqual([]);
      expect(changed({ transformations: transformations("jbo") })).toEqual([
        expect.stringContaining(hasNoColumn("jbo")),
      ]);
    });

    test("but not after an unknown transformation", () => {
      const later = [
        { id: "of the future", options: {} },
        { id: "sortBy", options: { sort: [{ field: "x" }] } },
      ];
      expect(table({ transformations: later })).toEqual([]);
    });

    test("in a group of a regular expression, for a new name and for a mapped value", () => {
      const inserts = (name: string) =>
        `inserts the group "${name}", which the regular expression lacks | $1 of $${name} | insert a group that the regular expression has, as \`$1\`, and write \`$$\` for a dollar`;
      const renamed = (renamePattern: string) => ({
        transformations: [{ id: "renameByRegex", options: { regex: "/(.*)/", renamePattern } }],
      });
      expect(changed(renamed("$1 of all"))).toEqual([]);
      expect(changed(renamed("$1 of ${1}"))).toEqual([`${at}: transformation "renameByRegex": ${inserts("{1}")}`]);
      const mappings = [{ type: "regex", options: { pattern: "(.*)-api", result: { text: "$1 of $2" } } }];
      const mapped = changed(({ fieldConfig }) => ({
        fieldConfig: { defaults: { ...fieldConfig?.defaults, mappings }, overrides: [] } as Panel["fieldConfig"],
      }));
      expect(mapped).toEqual([`${at}: value mapping: ${inserts("2")}`]);
    });

    test("in an override of a line by its legend", () => {
      const overrides = (options: string) => [{ matcher: { id: "byName", options }, properties: [] }];
      const named = (name: string) =>
        changed(({ targets = [], fieldConfig }) => ({
          targets: targets.map((one) => ({ ...one, legendFormat: "{{job}} pods" })),
          fieldConfig: { defaults: fieldConfig?.defaults ?? {}, overrides: overrides(name) },
        }));
      expect(named("erp-api pods")).toEqual([]);
      expect(named("erp-api")).toEqual([
        `${at}: override: ${hasNoColumn("erp-api")} | use one of "Time", "Value", "Value #A"`,
      ]);
    });

    test("in the texts and tags of an annotation", () => {
      const generation = promql`kube_deployment_status_observed_generation`;
      const [wrong] = [deployments(generation)].map((one) => ({
        build: () => ({ ...one.build(), textFormat: "{{deploymnt}}", tagKeys: "deployment,namspace" }),
      }));
      expect(faults([tiny({ annotations: wrong ? [wrong] : [] })])).toEqual([
        `dashboard "Tiny": annotation "Deployments": textFormat: ${lacks("deploymnt")} | {{deploymnt}} | did you mean "deployment"?`,
        `dashboard "Tiny": annotation "Deployments": tagKeys: ${lacks("namspace")} | deployment,namspace | did you mean "namespace"?`,
      ]);
    });

    test("in every legend of this project, with each label misspelt", () => {
      const missed = [everything, local].flatMap((environment) => {
        const { catalogue, alerts } = contributions(environment);
        const known = {
          vocabulary: catalogue.vocabulary,
          logs: logVocabulary,
          scrapeSeconds,
          alerts,
          shown: new Set<string>(),
        };
        return dashboardsOf(environment).dashboards.flatMap(({ model }) =>
          misspeltLegends(model).filter(
            ({ legend, model }) => !checkQueries(model, known).some(({ value }) => value === legend),
          ),
        );
      });
      expect(missed.map(({ legend }) => legend)).toEqual([]);
    });

    test("in the title of the annotation for firing alerts", () => {
      const [wrong] = [firingAlerts('team="erp"')].map((one) => ({
        build: () => ({ ...one.build(), titleFormat: "{{alertnme}} is {{severity}}" }),
      }));
      const model = tiny({ annotations: wrong ? [wrong] : [] });
      const { catalogue, alerts } = contributions(production);
      const vocabulary = new Map([...catalogue.vocabulary, ["ALERTS", [alertsSeries(alerts, catalogue.vocabulary)]]]);
      const known = { vocabulary, logs: logVocabulary, scrapeSeconds, alerts, shown: new Set<string>() };
      expect(checkQueries(model, known).map(({ remedy }) => remedy)).toEqual(['did you mean "alertname"?']);
    });
  });

  test("but not panels of two collapsed rows with the same position", () => {
    const model = tiny({ collapsedRows: { One: [plain({ title: "A" })], Other: [plain({ title: "B" })] } });
    expect(faults([model])).toEqual([]);
  });

  test("panels that overlap", () => {
    const model = tiny({ rows: { Row: [plain({ title: "A" }), plain({ title: "B" })] } });
    const moved = (model.panels as Panel[]).map((panel) =>
      panel.title === "B" ? { ...panel, gridPos: { x: 7, y: 4, w: 8, h: 8 } } : panel,
    );
    expect(faults([{ ...model, panels: moved }])).toEqual([
      'dashboard "Tiny": panel "B": must not overlap panel "A" | let the rows of the dashboard place it',
    ]);
  });

  test("two dashboards with the same uid and title, and two panels with the same title", () => {
    const model = tiny({ rows: { Row: [plain({ title: "A" }), plain({ title: "A" })] } });
    expect(faults([model, tiny({})])).toEqual([
      'dashboards with the uid "tiny": must each have a uid of their own | change the uid of one of them',
      'dashboards with the title "Tiny": must each have a title of their own | change the title of one of them',
      'dashboard "Tiny": panel "A": must have a title that no other panel has | name in the title how it differs from the other one',
      expect.stringMatching(/^dashboard "Tiny": must have panels with different numbers \| \d+ \| /),
    ]);
  });

  test("a uid that Grafana refuses, and a refresh that is too fast", () => {
    expect(faults([{ ...tiny({ uid: "Tiny!" }), refresh: "5s" }])).toEqual([
      'dashboard "Tiny": must have a uid of at most 40 lower-case letters, digits and hyphens | Tiny! | choose one such as `redis-overview`, and keep it',
      'dashboard "Tiny": must refresh every 30 s at most, because Prometheus has no newer samples | 5s | write `30s` or more',
    ]);
  });

  test("an unused variable, a link with an unknown variable, and a query without a data source", () => {
    const links = [link({ title: "Logs", url: "/explore?pod=${pd}" })];
    const variables = [logsSource("loki"), percentile()];
    expect(faults([tiny({ variables, links })])).toEqual([
      'dashboard "Tiny": panel "Pods": unknown variable "metrics" | use one of "logs", "percentile"',
      'dashboard "Tiny": link "Logs": unknown variable "pd" | use one of "logs", "percentile"',
      'dashboard "Tiny": variable "logs": must be used by something | remove it, or use it in a query',
      'dashboard "Tiny": variable "percentile": must be used by something | remove it, or use it in a query',
      'dashboard "Tiny": panel "Pods": query A: must be sent to a data source that the dashboard has a variable for | ${metrics} | use such a variable',
    ]);
  });

  test("an alert without a panel, or with a panel that has another limit", () => {
    const other = alert({ ...erpDown, above: undefined, below: count(2) });
    const unshown =
      "must be shown by a panel with the alert's measure and limit | add `alertPanel(…)` for it to a dashboard";
    expect(faults([overview(production)], [other])).toContain(`alert ErpDown: ${unshown}`);
  });
});

test("a stacked graph has no outlines, and fixed colours for names with a meaning", () => {
  const queries = [{ query: promql`sum by (status) (up)`, legend: "{{status}}" }];
  const panel = timeseries({ ...form, stacked: true, queries, colors: { "5xx": "red" } }).build({ runbookBaseUrl: "" });
  expect(panel.fieldConfig?.defaults.custom.lineWidth).toBe(0);
  expect(panel.fieldConfig?.overrides).toEqual([
    {
      matcher: { id: "byName", options: "5xx" },
      properties: [{ id: "color", value: { mode: "fixed", fixedColor: "red" } }],
    },
  ]);
});

describe("a graph with a limit", () => {
  const drawn = (queries: readonly Shown[], thresholds: Thresholds, unit = "short") =>
    timeseries({ ...form, unit, queries, thresholds }).build({ runbookBaseUrl: "" }).fieldConfig?.defaults;
  const one = [{ query: promql`sum(up)`, legend: "pods" }];
  const several = [{ query: promql`up`, legend: "{{pod}}" }];
  const colors = (queries: readonly Shown[], thresholds: Thresholds) => {
    const { color, custom, thresholds: drawnLimits } = drawn(queries, thresholds) ?? {};
    return [color?.mode, custom.gradientMode, drawnLimits?.steps.map((step) => step.color).join()];
  };

  test("draws the limit as a line, and tints no area", () => {
    expect(drawn(several, above({ red: 5 }))?.custom.thresholdsStyle).toEqual({ mode: "dashed" });
    expect(drawn(one, below({ red: 5 }))?.custom.thresholdsStyle).toEqual({ mode: "dashed" });
  });

  test("colours a single line red beyond the limit, and keeps the colours of several lines", () => {
    expect(colors(one, above({ red: 5 }))).toEqual(["thresholds", "scheme", "green,red"]);
    expect(colors(several, above({ red: 5 }))).toEqual(["palette-classic", "none", "transparent,red"]);
  });

  test("does not colour a line red that stays at its limit", () => {
    expect(colors(one, above({ red: 0 }))).toEqual(["palette-classic", "none", "transparent,red"]);
    expect(colors(one, below({ red: 1 }))).toEqual(["palette-classic", "none", "red,transparent"]);
  });

  test.each([
    [above({ red: 500 }), "s", 750],
    [above({ yellow: 0.001, red: 0.0144 }), "percentunit", 0.0216],
    [above({ red: 0.9 }), "percentunit", 1.1],
    [above({ red: 14.4 }), "percentunit", 21.6],
    [below({ red: 1 }), "short", 1.5],
    [above({ red: 0 }), "short", 0.5],
    [undefined, "percentunit", 0.01],
    [undefined, "s", 0.001],
  ])("has the limit in the upper half of its axis in a healthy system: %j in %s", (thresholds, unit, top) => {
    const custom = timeseries({ ...form, unit, queries: several, ...(thresholds && { thresholds }) });
    expect(custom.build({ runbookBaseUrl: "" }).fieldConfig?.defaults.custom.axisSoftMax).toBe(top);
  });

  test("has in every dashboard an axis that ends above the limit, with only one maximum", () => {
    const graphs = everywhere.flatMap((environment) =>
      dashboardsOf(environment).dashboards.flatMap(({ model }) =>
        panelsOf(model).filter(({ type }) => type === "timeseries"),
      ),
    );
    const wrong = graphs.filter(({ fieldConfig }) => {
      const { max, custom, thresholds } = fieldConfig?.defaults ?? {};
      const limit = Math.max(...(thresholds?.steps ?? []).map(({ value }) => value ?? 0));
      const top = max ?? custom.axisSoftMax;
      return !(top > limit && (limit === 0 || top < 2.1 * limit)) || (max !== undefined && custom.axisSoftMax);
    });
    expect(wrong.map(({ title }) => title)).toEqual([]);
    expect(graphs.length).toBeGreaterThan(100);
  });
});

test("a panel of an alert with a traffic guard shows the limit in its unit, and describes the guard", () => {
  const { below: _below, confirmedBy: _confirmedBy, ...rest } = erpDown;
  const guarded = { ...rest, above: ratio(0.05), provided: promql`sum(up) > 1`, measure: promql`sum(up)` };
  const panel = alertPanel(alert(guarded), { title: "Pods", width: 8 }).build({
    runbookBaseUrl: "https://example.com",
  });
  expect(panel.description).toContain(
    `ErpDown fires when a line is above 5 % for 30 seconds, with the message "${erpDown.summary}" The alert also requires \`sum(up) > 1\`.`,
  );
  expect(panel.fieldConfig?.defaults).toMatchObject({
    unit: "percentunit",
    thresholds: {
      steps: [
        { value: null, color: "green" },
        { value: 0.05, color: "red" },
      ],
    },
  });
});

describe("data sources", () => {
  const addresses = {
    prometheus: "http://prometheus:9090",
    loki: "http://loki:3100",
    alertmanager: "http://alertmanager:9093",
    jaeger: "http://jaeger:16686",
    zipkin: "http://zipkin:9411",
    erpNamespace: "erp",
  };
  const requests = { metric: "starlette_requests_total", label: "path_template" };
  const provisioned = (grafana: typeof production.grafana, tracing?: Environment["tracing"]) =>
    dataSources({ grafana, tracing }, addresses, requests) as unknown as readonly ProvisionedSource[];
  const on = local.grafana as typeof local.grafana & { mode: "on" };
  const links = (grafana: typeof on) => provisioned(grafana)[1]?.jsonData.derivedFields ?? [];

  test("have fixed uids and cannot be edited", () => {
    expect(provisioned(on).map(({ uid, url, editable }) => [uid, url, editable])).toEqual([
      ["prometheus", "http://prometheus:9090", false],
      ["loki", "http://loki:3100", false],
      ["alertmanager", "http://alertmanager:9093", false],
    ]);
  });

  test("do not replace the data sources of an existing Grafana, and have other names", () => {
    const theirs = provisioned({ mode: "existing", namespace: "tools", url: "https://grafana.example.com" });
    expect(theirs.map(({ uid, name, isDefault }) => [uid, name, isDefault])).toEqual([
      ["erp-prometheus", "ERP Prometheus", false],
      ["erp-loki", "ERP Loki", false],
      ["erp-alertmanager", "ERP Alertmanager", false],
    ]);
  });

  test("lead from a line to all lines of its request, in the time range of the dashboard", () => {
    const [linesOfRequest] = links(on);
    expect(linesOfRequest).toMatchObject({ matcherType: "label", matcherRegex: "^request_id$" });
    const panes = new URLSearchParams(linesOfRequest?.url.split("?")[1]).get("panes");
    expect(JSON.parse(panes ?? "").a).toMatchObject({
      datasource: "loki",
      queries: [{ expr: '{namespace="erp"} | request_id="$${__value.raw}"' }],
      range: { from: "$${__from}", to: "$${__to}" },
    });
  });

  test("lead to Explore with every text in the query", () => {
    const expression = `{app="erp-api"} |= ${JSON.stringify(hostileTexts.description)} # ${hostileTexts.summary}`;
    const path = explorePath({ dataSource: "loki", type: "loki", expression, from: "now-1h", to: "now" });
    const { searchParams } = new URL(path, "https://grafana.example.com");
    expect(JSON.parse(searchParams.get("panes") ?? "").a.queries[0].expr).toBe(expression);
  });

  test("have the store of traces, which log lines, samples and spans lead to and from", () => {
    const sources = provisioned(on, traced.tracing);
    const [prometheus, loki, , traces] = sources.map(({ jsonData }) => jsonData as Record<string, unknown>);
    expect(sources[3]).toMatchObject({ uid: "traces", type: "jaeger", url: "http://jaeger:16686" });
    expect(prometheus?.exemplarTraceIdDestinations).toEqual([
      { name: "trace_id", datasourceUid: "traces", urlDisplayLabel: "Open the trace" },
    ]);
    expect(loki?.derivedFields).toContainEqual({
      name: "Trace",
      matcherType: "label",
      matcherRegex: "^trace_id$",
      datasourceUid: "traces",
      url: "$${__value.raw}",
      urlDisplayLabel: "Open the trace",
    });
    expect(traces).toMatchObject({
      tracesToLogsV2: { datasourceUid: "loki", query: '{namespace="erp"} | trace_id="$${__trace.traceId}"' },
      tracesToMetrics: {
        datasourceUid: "prometheus",
        tags: [{ key: "http.route", value: "path_template" }],
        queries: [{ query: "sum(rate(starlette_requests_total{$$__tags}[5m]))" }],
      },
    });
  });

  test.each([
    ["Zipkin", zipkin.tracing, ["zipkin", "http://zipkin:9411"]],
    ["an existing Tempo", existing.tracing, ["tempo", "https://tempo.shop.test"]],
    ["an existing store without a query address", azure.tracing, undefined],
    ["no traces", { store: "off" } as const, undefined],
  ])("with %s have a source of traces only if there is one to ask", (_, tracing, expected) => {
    const sources = provisioned(on, tracing);
    const traces = sources.find(({ uid }) => uid === "traces") as unknown as { type: string; url: string } | undefined;
    expect(traces && [traces.type, traces.url]).toEqual(expected);
    expect(JSON.stringify(sources).includes('"datasourceUid":"traces"')).toBe(expected !== undefined);
  });

  test("link to a trace only if the URL of tracing is set", () => {
    const traced = links({ ...on, tracingUrl: "https://tracing.example.com/trace/" });
    expect(links(on).map(({ name }) => name)).toEqual(["Lines of this request"]);
    expect(traced[1]?.url).toBe("https://tracing.example.com/trace/$${__value.raw}");
  });
});

interface ProvisionedSource {
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  readonly editable: boolean;
  readonly isDefault: boolean;
  readonly jsonData: { readonly derivedFields?: readonly { readonly name: string; readonly url: string }[] };
}

const form: PanelForm = { title: "Pods", description: "Pods that answer.", unit: "short", width: 8 };

function plain(more: Partial<PanelForm>) {
  return stat({ ...form, height: 8, ...more, query: promql`sum(up)` });
}

function tiny(more: Partial<DashboardForm>): Model {
  const form: DashboardForm = {
    uid: "tiny",
    folder: "Tests",
    title: "Tiny",
    description: "For tests.",
    tags: [],
    variables: [metricsSource("prometheus")],
    annotations: [],
    links: [],
    rows: { Row: [plain({})] },
    ...more,
  };
  return dashboard(form, { runbookBaseUrl: "https://example.com" });
}

/**
 * A dashboard for each label in a legend: with only the panel of that legend, and with one letter removed from that
 * label.
 */
function misspeltLegends(model: Model): { readonly legend: string; readonly model: Model }[] {
  return panelsOf(model).flatMap((panel) =>
    targetsOf(panel).flatMap((target) =>
      [...(target.legendFormat ?? "").matchAll(/\{\{(\w+)\w\}\}/g)].map(({ 0: label, 1: misspelt, index }) => {
        const written = target.legendFormat ?? "";
        const legend = `${written.slice(0, index)}{{${misspelt}}}${written.slice(index + label.length)}`;
        const { targets: _, ...rest } = panel;
        const { annotations: _annotations, ...frame } = model;
        const changed = { ...rest, targets: [{ ...target, legendFormat: legend }] as object[] } as Panel;
        return { legend, model: { ...frame, annotations: { list: [] }, panels: [changed] } };
      }),
    ),
  );
}

function overview(environment: typeof production): Model {
  return dashboardOf(environment, "erp-fastapi-overview");
}

function dashboardOf(environment: typeof production, uid: string): Model {
  const found = dashboardsOf(environment).dashboards.find(({ model }) => model.uid === uid);
  if (!found) throw new Error(`there is no dashboard "${uid}"`);
  return found.model;
}

function panelOf(model: Model, wanted: string): Panel {
  const found = panelsOf(model).find(({ title }) => title === wanted);
  if (!found) throw new Error(`there is no panel "${wanted}"`);
  return found;
}

/** The expression that Grafana sends, with values for its variables. */
function completeVariables(expression: string): string {
  return expression
    .replaceAll("$__rate_interval", "1m")
    .replaceAll("$__range", "1h")
    .replaceAll("$percentile", "0.95")
    .replaceAll("$namespace", "erp")
    .replaceAll("$route", ".*")
    .replaceAll("$datname", ".*");
}
