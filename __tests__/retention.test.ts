import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { refuseFutureSchema } from "../commands/future-schema";
import { retentionNotices } from "../commands/retention-notices";
import { dashboard } from "../kit/dashboards/dashboard";
import { panelsOf, rowsOf } from "../kit/dashboards/model";
import { timeseries } from "../kit/dashboards/panels";
import { targetsOf } from "../kit/dashboards/targets";
import { metricsSource } from "../kit/dashboards/variables";
import { recording } from "../kit/metrics/recording";
import { keptData } from "../kit/metrics/retention";
import { logqlReach } from "../kit/queries/logql/reach";
import { promqlReach } from "../kit/queries/promql/reach";
import { logql, type Promql, promql } from "../kit/queries/query";
import type { Environment } from "../settings/environment";
import { type Signals, signals } from "../signals";
import { switchedOffAlerts } from "../subjects/listings";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

const [hour, day, week] = [3600, 86_400, 604_800];

/** PromQL expressions with the age of the oldest sample that they read. */
const reaches: readonly (readonly [expression: string, seconds: number])[] = [
  ["a", 0],
  ["a offset 1w", week],
  ["count_over_time(a[1h])", hour],
  ["count_over_time(a[3600])", hour],
  ["count_over_time(a[1h] offset 1w)", week + hour],
  ["a or a offset 1d", day],
  ["count_over_time(a[1d]) or count_over_time(a[1h])", day],
  ["a offset 1d unless b", day],
  ["b or on () (a offset 3h)", 3 * hour],
  ["max_over_time((a)[1d:1h])", day],
  ["max_over_time(count_over_time(a[1h])[3h:1s] offset 2h)", 6 * hour],
  ["sum(count_over_time(a[2h] offset 30m)) + absent(b)", 2.5 * hour],
];

test.each(reaches)("%s reads samples that are %d s old", (expression, seconds) => {
  expect(promqlReach(expression)).toBe(seconds);
});

test.each([
  ["a offset -1d", -day],
  ["vector(1)", 0],
  ["count_over_time(a[$__range])", 60],
  ["a + (", 0],
])("%s reads no older samples than %d s", (expression, seconds) => {
  expect(Math.max(0, promqlReach(expression))).toBeLessThanOrEqual(Math.max(0, seconds));
});

describeWith("promtool", "Prometheus", (promtool) => {
  test("reads exactly as far back", () => {
    // The only sample is at 0. A range does not contain its beginning, and a selector finds a sample for five minutes.
    const expectations = reaches.flatMap(([expression, seconds]) => {
      const expr = `count(${expression})`;
      const last = expression.includes("[") ? seconds - 2 : seconds;
      return [
        { expr, eval_time: `${last}s`, exp_samples: [{ labels: "{}", value: 1 }] },
        { expr, eval_time: `${seconds + 302}s`, exp_samples: [] },
      ];
    });
    const directory = mkdtempSync(join(tmpdir(), "reach-"));
    try {
      const file = join(directory, "test.yaml");
      const given = [{ series: "a", values: "1" }];
      const tests = [{ interval: "1h", input_series: given, promql_expr_test: expectations }];
      writeFileSync(file, stringify({ evaluation_interval: "1h", tests }));
      expect(promtool("test", "rules", file).failure).toBeUndefined();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

test.each([
  ['count_over_time({app="erp"}[5m])', 300],
  ['sum(rate({app="erp"} | json | took > 2d [1h] offset 3d)) / count_over_time({app="erp"}[2d])', 3 * day + hour],
  ['sum_over_time({app="erp"} | json | unwrap took [2d]) or vector(0)', 2 * day],
  ['{app="erp"} |= "[3d]"', 0],
])("%s reads log lines that are %d s old", (expression, seconds) => {
  expect(logqlReach(expression)).toBe(seconds);
});

describe("an environment that keeps samples for two days and log lines for one", () => {
  const recorded = (name: string, measure: Promql) =>
    recording({ name, measure, help: "", group: "shop", intervalSeconds: 60, sample: {} });
  const daily = recorded("shop:orders:increase1d", promql`increase(orders_total[1d])`);
  const weekly = recorded("shop:orders:increase1w", promql`sum_over_time(orders[1w])`);
  const growth = recorded("shop:orders:growth1w", promql`${daily} / ${weekly}`);
  const kept = keptData({ samples: 2 * day, logLines: day }, [daily, weekly, growth]);

  test("has no recording that reads older samples, directly or through another recording", () => {
    expect(kept.recordings.map(({ name }) => name)).toEqual([daily.name]);
    expect(kept.unkeptRecordings.map(({ name }) => name)).toEqual([weekly.name, growth.name]);
  });

  test.each([
    [promql`max(${growth})`, week],
    [promql`max_over_time(${daily}[2d])`, 2 * day],
    [promql`max_over_time(${daily}[2d]) + orders offset 49h`, 49 * hour],
    [logql`count_over_time({app="shop"}[25h])`, 25 * hour],
    [logql`count_over_time({app="shop"}[1d])`, day],
  ])("knows the age of the data that %s needs", (query, seconds) => {
    expect(kept.ageNeeded(query)).toBe(seconds);
    expect(kept.isKept(query)).toBe(seconds <= (query.language === "logql" ? day : 2 * day));
  });

  test("has a dashboard without panels and rows that need older data", () => {
    const panel = (title: string, query: Promql, more = {}) => {
      const frame = { title, description: "", unit: "none", width: 8 };
      return timeseries({ ...frame, queries: [{ query, legend: "x" }], ...more });
    };
    const now = panel("now", promql`sum(orders)`, {
      queriesIfKept: [{ query: promql`sum(${weekly})`, legend: "last week" }],
    });
    const form = {
      uid: "shop",
      folder: "Shop",
      title: "Shop",
      description: "",
      tags: [],
      variables: [metricsSource("prometheus")],
      annotations: [],
      links: [],
      rows: {
        Orders: [panel("last week", promql`sum(${growth})`), now, { ...now, needs: [weekly.measure] }],
        "Last week": [panel("alone", promql`sum(${weekly})`)],
      },
      collapsedRows: { More: [panel("yesterday", promql`orders offset 3d`)] },
    };
    const model = dashboard(form, { runbookBaseUrl: "", isKept: kept.isKept });
    expect(panelsOf(model).map(({ title, gridPos }) => [title, gridPos])).toEqual([
      ["now", { x: 0, y: 1, w: 24, h: 8 }],
    ]);
    expect(panelsOf(model).flatMap(targetsOf)).toHaveLength(1);
    expect(rowsOf(model).map(({ title }) => title)).toEqual(["Orders"]);
    const whole = panelsOf(dashboard(form, { runbookBaseUrl: "" }));
    expect(whole.map((one) => targetsOf(one).length)).toEqual([1, 2, 2, 1, 1]);
  });
});

describe("the comparison with last week", () => {
  const keeping = (retention: string): Environment => ({ ...local, prometheus: { ...local.prometheus, retention } });
  /** Whether a rule or panel refers to the comparison. */
  const compares = (content: Signals) => /offset ?1w/.test(JSON.stringify([content.platform, content.erp]));

  test("reads samples of a week and some minutes: with less, it is left out, and nothing else has a fault", () => {
    const content = signals(keeping("7d"));
    expect(content.faults).toEqual([]);
    expect(compares(content)).toBe(false);
    expect(content.unkept).toMatchObject({
      recordings: ["erp:entities_created:increase1h_offset1w", "erp:http_requests:avg15m_offset1w"],
      alerts: ["ErpRejectsAllTokens", "ErpCreationStopped", "ErpTrafficDrop"],
    });
    expect(content.unkept.panels).toContainEqual({ dashboard: "Business metrics", panel: "Created, % of last week" });
  });

  test("exists in part with 15 minutes more, and whole with an hour more", () => {
    const [part, whole] = [signals(keeping("7d15m")), signals(keeping("7d1h"))];
    expect([...part.faults, ...whole.faults]).toEqual([]);
    expect(part.unkept.alerts).toEqual(["ErpCreationStopped"]);
    expect(compares(whole)).toBe(true);
    expect(whole.unkept).toEqual({ recordings: [], alerts: [], panels: [] });
  });

  test("is a reason in the list of alerts, and a notice of the synth", () => {
    const reason =
      "`prometheus.retention` is below 7 days 1 hour, which is the age of the oldest samples that this alert reads";
    expect(switchedOffAlerts(local)).toContainEqual({ title: "ErpTrafficDrop", because: reason });
    const [notice, ...others] = retentionNotices(
      new Map([local, production].map((environment) => [environment, signals(environment)])),
    );
    expect(others).toEqual([]);
    expect(notice?.split("\n")).toEqual([
      "local keeps samples for 5 days and log lines for 2 days (`prometheus.retention`, `loki.retention`), and does not have what reads older data:",
      "  recordings: erp:entities_created:increase1h_offset1w, erp:http_requests:avg15m_offset1w",
      "  alerts: ErpRejectsAllTokens, ErpCreationStopped, ErpTrafficDrop",
      expect.stringMatching(/^ {2}panels: .*"Created, % of last week" \(Business metrics\)/),
    ]);
  });
});

describe("an index schema of Loki", () => {
  const environment = { ...local, loki: { ...local.loki, schemaFrom: "2026-03-01" } };

  test("that begins in the future is refused before a deployment", () => {
    const message =
      'nothing was deployed:\n- config/local.ts: loki.schemaFrom: must not be in the future: it is the first day on which Loki stores lines, got "2026-03-01"\n    write the date of today, 2026-02-28 in UTC, or an earlier one';
    expect(() => refuseFutureSchema(environment, new Date("2026-02-28T23:59:59Z"), "nothing was deployed")).toThrow(
      message,
    );
  });

  test("that begins today is accepted", () => {
    expect(() => refuseFutureSchema(environment, new Date("2026-03-01T00:00:00Z"))).not.toThrow();
  });
});
