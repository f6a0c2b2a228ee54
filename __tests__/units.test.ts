import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { type AlertForm, alert } from "../kit/alerts/alert";
import { alertsSeries } from "../kit/alerts/alerts-series";
import { checkAlert } from "../kit/alerts/check-alert";
import { bytes, count, factor, type Limit, perSecond, ratio, seconds } from "../kit/alerts/limit";
import { checkPanelUnits } from "../kit/dashboards/check-units";
import { panelsOf } from "../kit/dashboards/model";
import { type Target, targetsOf } from "../kit/dashboards/targets";
import { catalogue } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import { source } from "../kit/metrics/metric";
import { addRecordings, recording } from "../kit/metrics/recording";
import { unitOfName } from "../kit/metrics/unit-of-name";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { checkPromql } from "../kit/queries/promql/check-promql";
import { promql, type Query } from "../kit/queries/query";
import type { Label, Series, Vocabulary } from "../kit/queries/series";
import type { UnitByLabel, ValueUnit } from "../kit/queries/units";
import { logVocabulary } from "../logs/vocabulary";
import { signals } from "../signals";
import { contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";

const open = "for the test";
const resources: UnitByLabel = { label: "resource", units: { cpu: "secondsPerSecond", memory: "bytes" } };
const vocabulary: Vocabulary = new Map([
  series("requests_total", "counter", "count"),
  series("received_bytes_total", "counter", "bytes"),
  series("cpu_seconds_total", "counter", "seconds"),
  series("duration_seconds_bucket", "counter", "count", { le: { values: ["1.0", "+Inf"], unit: "seconds" } }),
  series("duration_seconds_sum", "counter", "seconds"),
  series("duration_seconds_count", "counter", "count"),
  series("queue_length", "gauge", "count"),
  series("memory_bytes", "gauge", "bytes"),
  series("oldest_seconds", "gauge", "seconds"),
  series("started_timestamp_seconds", "gauge", "time"),
  series("load_ratio", "gauge", "ratio"),
  series("load_percent", "gauge", "percent"),
  series("up", "gauge", "flag"),
  series("temperature", "gauge", undefined),
  series("requested", "gauge", resources, { resource: { open, named: ["cpu", "memory"] } }),
]);

describe("the unit of an expression is derived from its metrics", () => {
  test.each<[string, ...(ValueUnit | undefined)[]]>([
    ["queue_length", "count"],
    ["rate(requests_total[5m])", "perSecond"],
    ["rate(received_bytes_total[5m])", "bytesPerSecond"],
    ["sum(irate(cpu_seconds_total[5m]))", "secondsPerSecond"],
    ["deriv(memory_bytes[5m])", "bytesPerSecond"],
    ["rate(started_timestamp_seconds[5m])", "secondsPerSecond"],
    ["increase(requests_total[5m])", "count"],
    ["increase(received_bytes_total[5m])", "bytes"],
    ["delta(started_timestamp_seconds[5m])", "seconds"],
    ["changes(memory_bytes[5m])", "count"],
    ["count_over_time(memory_bytes[5m])", "count"],
    ["max_over_time(memory_bytes[5m])", "bytes"],
    ["avg_over_time(up[5m])", "ratio"],
    ["sum_over_time(up[5m])", "count"],
    ["predict_linear(memory_bytes[1h], 3600)", "bytes"],
    ["abs(clamp_max(memory_bytes, 5))", "bytes"],
    ['label_replace(memory_bytes, "a", "b", "", "")', "bytes"],
    ["absent(memory_bytes)", "flag"],
    ["timestamp(memory_bytes)", "time"],
    ["ln(memory_bytes)", undefined],
    ["count(memory_bytes)", "count"],
    ['count_values("v", memory_bytes)', "count"],
    ["group(memory_bytes)", "flag"],
    ["topk(3, memory_bytes)", "bytes"],
    ["quantile(0.5, memory_bytes)", "bytes"],
    ["stddev(memory_bytes)", undefined],
    ["sum(up)", "count"],
    ["avg(up)", "ratio"],
    ["max(up)", "flag"],
    ["histogram_quantile(0.9, sum by (le) (rate(duration_seconds_bucket[5m])))", "seconds"],
    ["sum(rate(duration_seconds_sum[5m])) / sum(rate(duration_seconds_count[5m]))", "seconds"],
    ['rate(duration_seconds_bucket{le="1.0"}[5m]) / on (job) rate(duration_seconds_count[5m])', "ratio"],
  ])("%s", (text, ...units) => {
    expect(unitsOf(text)).toEqual(units);
  });
});

describe("the unit of an operation is derived from both sides", () => {
  test.each<[string, ...(ValueUnit | undefined)[]]>([
    ["memory_bytes / memory_bytes", "ratio"],
    ["queue_length / rate(requests_total[5m])", "seconds"],
    ["memory_bytes / rate(received_bytes_total[5m])", "seconds"],
    ["memory_bytes / queue_length", "bytes"],
    ["memory_bytes / oldest_seconds", "bytesPerSecond"],
    ["oldest_seconds * rate(requests_total[5m])", "count"],
    ["memory_bytes * load_ratio", "bytes"],
    ["queue_length * queue_length", "count"],
    ["queue_length / memory_bytes", undefined],
    ["memory_bytes * memory_bytes", undefined],
    ["memory_bytes * up", "bytes"],
    ["memory_bytes / up", "bytes"],
    ["up / queue_length", "ratio"],
    ["up * up", "flag"],
    ["up + up", "count"],
    ["memory_bytes + memory_bytes", "bytes"],
    ["memory_bytes - temperature", "bytes"],
    ["temperature * memory_bytes", undefined],
    ["time() - started_timestamp_seconds", "seconds"],
    ["started_timestamp_seconds - started_timestamp_seconds", "seconds"],
    ["started_timestamp_seconds + oldest_seconds", "time"],
    ["memory_bytes % memory_bytes", "bytes"],
    ["memory_bytes ^ queue_length", undefined],
    ["memory_bytes > 5", "bytes"],
    ["5 < memory_bytes", "bytes"],
    ["memory_bytes > bool 5", "flag"],
    ["memory_bytes > bool memory_bytes", "flag"],
    ["memory_bytes and on (job) queue_length > 1", "bytes"],
    ["memory_bytes unless on (job) queue_length", "bytes"],
    ["memory_bytes or queue_length", "bytes", "count"],
    ["queue_length or vector(0)", "count", undefined],
  ])("%s", (text, ...units) => {
    expect(unitsOf(text)).toEqual(units);
  });
});

describe("a number has the unit of the other summand, and can convert the unit of the other factor", () => {
  test.each<[string, ValueUnit | undefined]>([
    ["1 - load_ratio", "ratio"],
    ["queue_length + 1", "count"],
    ["absent(up) - 1", "flag"],
    ["2 * memory_bytes", "bytes"],
    ["memory_bytes * 1024", undefined],
    ["8 * rate(received_bytes_total[5m])", undefined],
    ["1000 * oldest_seconds", undefined],
    ["100 * load_ratio", "percent"],
    ["load_percent / 100", "ratio"],
    ["60 * rate(requests_total[5m])", "count"],
    ["rate(received_bytes_total[5m]) * 3600", "bytes"],
    ["10 * 60 * rate(requests_total[10m])", "count"],
    ["30 * rate(requests_total[10m])", undefined],
    ["0 * memory_bytes", undefined],
    ["300 * absent(up)", undefined],
    ["load_ratio / 0.001", "ratio"],
    ["queue_length / 4", undefined],
    ["1 / oldest_seconds", undefined],
    ["queue_length == 0", undefined],
    ["memory_bytes * scalar(queue_length)", undefined],
  ])("%s", (text, unit) => {
    expect(unitsOf(text)).toEqual([unit]);
  });
});

test("a label can determine the unit", () => {
  expect(unitsOf('requested{resource="memory"}')).toEqual(["bytes"]);
  expect(unitsOf('sum by (job) (requested{resource=~"cpu|memory"})')).toEqual(["secondsPerSecond", "bytes"]);
  expect(unitsOf('requested{resource=~"cpu|memory"} / requested{resource=~"cpu|memory"}')).toEqual(["ratio", "ratio"]);
  expect(unitsOf('rate(cpu_seconds_total[5m]) / on (job) requested{resource="cpu"}')).toEqual(["ratio"]);
  expect(unitsOf("requested")).toEqual([undefined]);
});

test("the mean of a histogram of counts is not a ratio", () => {
  const job: Job = {
    name: "shop",
    team: "shop",
    scrapedBy: "chart",
    port: "http",
    path: "/metrics",
    intervalSeconds: 15,
    timeoutSeconds: 10,
    labels: {},
    sample: {},
  };
  const { histogram } = source(job);
  const [sizes, waits] = [
    histogram("batch_entries", [], { help: "Entries of a batch.", bounds: [10, 100] }),
    histogram("wait_seconds", [], { help: "Time in the queue.", bounds: [0.1, 1] }),
  ];
  const known = catalogue([{ sizes, waits }], []).vocabulary;
  const units = (text: string) => checkPromql(text, known).series?.map(({ unit }) => unit);
  expect(units("rate(batch_entries_sum[5m]) / rate(batch_entries_count[5m])")).toEqual([undefined]);
  expect(units("histogram_quantile(0.5, rate(batch_entries_bucket[5m]))")).toEqual(["count"]);
  expect(units("rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m])")).toEqual(["seconds"]);
  expect(units("rate(wait_seconds_bucket[5m])")).toEqual(["perSecond"]);
});

test("recordings have the unit of their expression", () => {
  const recorded = recording({
    name: "job:requests:increase1m",
    measure: promql`60 * sum by (job) (rate(requests_total[5m]))`,
    help: "Requests.",
    group: "shop",
    intervalSeconds: 60,
    sample: {},
  });
  const known = addRecordings(vocabulary, [recorded]);
  const { series } = checkPromql("sum_over_time(job:requests:increase1m[1d])", known);
  expect(series?.map(({ unit }) => unit)).toEqual(["count"]);
});

describe("values of different units are neither added nor compared", () => {
  test.each([
    ["memory_bytes + queue_length", "bytes + a count"],
    ["memory_bytes > on (job) oldest_seconds", "bytes > seconds"],
    ["time() - queue_length", "a point in time - a count"],
    ["oldest_seconds - started_timestamp_seconds", "seconds - a point in time"],
    ["100 * load_ratio > load_ratio", "a percentage > a ratio"],
    ["rate(requests_total[5m]) > queue_length", "a count per second > a count"],
  ])("%s", (text, sides) => {
    const { findings } = checkPromql(text, vocabulary);
    expect(findings.map(({ rule }) => rule)).toEqual([`the two sides have different units: ${sides}`]);
  });

  test.each([
    "memory_bytes > temperature",
    "sum(up) < count(up)",
    "rate(cpu_seconds_total[5m]) > queue_length",
    "unknown_bytes - unknown_total",
    'sum(requested{resource=~"cpu|memory"}) > sum(requested{resource=~"cpu|memory"})',
  ])("but %s", (text) => {
    expect(checkPromql(text, vocabulary, { unknownMetrics: "open" }).findings).toEqual([]);
  });
});

test.each<[string, ValueUnit | undefined]>([
  ['sum(rate({app="erp-api"}[5m]))', "perSecond"],
  ['sum(count_over_time({app="erp-api"}[5m]))', "count"],
  ['sum(bytes_rate({app="erp-api"}[5m]))', "bytesPerSecond"],
  ['max(bytes_over_time({app="erp-api"}[5m]))', "bytes"],
  ['count(rate({app="erp-api"}[5m]))', "count"],
  ['sum(rate({app="erp-api"} |= "a" [5m])) / sum(rate({app="erp-api"}[5m]))', "ratio"],
  ['60 * sum(rate({app="erp-api"}[5m]))', "count"],
  ['sum(rate({app="erp-api"}[5m])) > 5', "perSecond"],
  ['sum(sum_over_time({app="erp-api"} | json | unwrap duration_ms [5m]))', undefined],
  ['1 - sum(rate({app="erp-api"} |= "a" [5m])) / sum(rate({app="erp-api"}[5m]))', "ratio"],
])("the unit of LogQL: %s", (text, unit) => {
  expect(checkLogql(text, logVocabulary).series?.map((one) => one.unit)).toEqual([unit]);
});

test.each<[string, ValueUnit]>([
  ["http_requests_total", "count"],
  ["redis_memory_max_bytes", "bytes"],
  ["loki_distributor_bytes_received_total", "bytes"],
  ["process_cpu_seconds_total", "seconds"],
  ["process_start_time_seconds", "time"],
  ["loki_last_successful_run_timestamp_seconds", "time"],
  ["disk_watermark_high_ratio", "ratio"],
  ["process_cpu_percent", "percent"],
  ["redis_up", "flag"],
  ["prometheus_config_last_reload_successful", "flag"],
  ["redis_db_keys", "count"],
])("the name %s states the unit %s", (name, unit) => {
  expect(unitOfName(name)).toBe(unit);
});

describe("an alert with a limit in the wrong unit is refused", () => {
  const refused = (measure: string, above: Limit, description: string) =>
    checkAlert(alert({ ...form, measure: promql`${measure}`, above, description }), vocabulary)
      .filter(({ place }) => !place.endsWith("scenarios"))
      .map(({ place, rule, value, remedy }) => [place, rule, value, remedy].join(" | "));
  const form: Omit<AlertForm, "measure"> = {
    name: "ShopSlow",
    group: "shop",
    severity: "warning",
    service: "shop",
    team: "shop",
    summary: "The shop is slow.",
    description: "Slow.",
    scenarios: {},
  };

  test.each([
    ["max(memory_bytes)", seconds(5), "bytes", "seconds(5)", "write `bytes(…)`, or correct the measure"],
    ["max(memory_bytes)", count(5), "bytes", "count(5)", "write `bytes(…)`, or correct the measure"],
    ["max(queue_length)", ratio(0.5), "a count", "ratio(0.5)", "write `count(…)`, or correct the measure"],
    ["max(load_ratio)", count(5), "a ratio", "count(5)", "write `ratio(…)`, or correct the measure"],
    ["sum(rate(requests_total[5m]))", count(5), "a count per second", "count(5)", "write `perSecond(…)`, or correct"],
    ["100 * max(load_ratio)", ratio(0.5), "a percentage", "ratio(0.5)", "correct the measure"],
    ["max(started_timestamp_seconds)", seconds(5), "a point in time", "seconds(5)", "correct the measure"],
    ["max(queue_length) or max(memory_bytes)", count(5), "bytes", "count(5)", "write `bytes(…)`"],
  ])("%s above %s", (measure, limit, unit, value, remedy) => {
    const start = `alert ShopSlow: above | must have the unit of the measure, which is ${unit} | ${value} | ${remedy}`;
    expect(refused(measure, limit, "Slow.")).toEqual([expect.stringContaining(start)]);
  });

  test.each([
    ["max(memory_bytes)", bytes(5), "humanizeDuration", "bytes"],
    ["max(memory_bytes)", bytes(5), "humanizePercentage", "bytes"],
    ["max(queue_length)", count(5), "humanizePercentage", "a count"],
    ["max(load_ratio)", ratio(0.5), 'printf "%.0f"', "a ratio"],
    ["max(oldest_seconds)", seconds(5), "humanizeTimestamp", "seconds"],
    ["max(oldest_seconds)", seconds(5), "humanize1024", "seconds"],
  ])("%s above %s, with %s", (measure, limit, format, unit) => {
    const rule = `alert ShopSlow: description | must format the value in its unit, ${unit} | `;
    const start = `${rule}{{ $value | ${format} }} | use \`valueText("${limit.unit}"…)\``;
    expect(refused(measure, limit, `It is {{ $value | ${format} }}.`)).toEqual([start]);
  });

  test.each(["{{ $value }}", "{{ $value | humanize }}", "{{ .Value }}"])("a value formatted with %s", (action) => {
    expect(refused("max(queue_length)", count(5), `It is ${action}.`)).toEqual([
      `alert ShopSlow: description | must contain the value rounded, and without prefixes for small numbers | ${action} | use \`valueText("count"…)\``,
    ]);
  });

  test("but a measure with an unknown unit is accepted with any limit", () => {
    expect(refused("max(temperature)", bytes(5), "It is {{ $value | humanizeDuration }}.")).toEqual([]);
  });

  test("and flags and seconds per second are accepted as counts and as ratios", () => {
    const text = "It is {{ $value | humanizePercentage }}.";
    for (const limit of [count(1), ratio(1)]) {
      expect(refused("max(up)", limit, text)).toEqual([]);
      expect(refused("max(rate(cpu_seconds_total[5m]))", limit, text)).toEqual([]);
    }
  });
});

describe("a panel with another unit than its query is refused", () => {
  const faults = (expr: string, fieldConfig: Panel["fieldConfig"], more: Partial<Panel> = {}) => {
    const target = { refId: "A", expr };
    const panel = { type: "timeseries", transparent: false, ...more, fieldConfig } as Panel;
    const answers = [{ target, series: checkPromql(expr, vocabulary).series }];
    return checkPanelUnits(panel, answers, "panel").map(({ rule, value, remedy }) => [rule, value, remedy].join(" | "));
  };
  const shownAs = (unit: string) => ({ defaults: { unit }, overrides: [] });
  const differs = (unit: string, shown: string, remedy: string) =>
    `must have the unit of its query, which is ${unit} | ${shown} | ${remedy}`;

  test.each([
    ["rate(received_bytes_total[5m])", "bytes", "bytes per second", "use `binBps`, or correct the query"],
    ["queue_length", "percentunit", "a count", "use `short`, or correct the query"],
    ["load_ratio", "percent", "a ratio", "use `percentunit`, or correct the query"],
    ["oldest_seconds", "ms", "seconds", "use `s`, or correct the query"],
    ["rate(received_bytes_total[5m])", "bps", "bytes per second", "use `binBps`, or correct the query"],
    [
      "started_timestamp_seconds",
      "dateTimeFromNow",
      "a point in time",
      "subtract it from time(), or multiply it by 1000 and use `dateTimeFromNow`",
    ],
  ])("%s as %s", (expr, unit, yields, remedy) => {
    expect(faults(expr, shownAs(unit))).toEqual([differs(yields, unit, remedy)]);
  });

  test("a heatmap whose unit is not that of its bucket bounds", () => {
    const expr = "sum by (le) (rate(duration_seconds_bucket[5m]))";
    expect(faults(expr, shownAs("s"), { type: "heatmap" })).toEqual([]);
    expect(faults(expr, shownAs("cps"), { type: "heatmap" })).toHaveLength(1);
  });

  test("an override that sets another unit for the query, but not one for other columns", () => {
    const override = (id: string, options: string) => ({
      defaults: { unit: "short" },
      overrides: [{ matcher: { id, options }, properties: [{ id: "unit", value: "bytes" }] }],
    });
    expect(faults("memory_bytes", override("byFrameRefID", "A"))).toEqual([]);
    expect(faults("queue_length", override("byName", "Value #A"))).toHaveLength(1);
    expect(faults("memory_bytes", override("byRegexp", "/mem/"))).toEqual([]);
    expect(faults("oldest_seconds", override("byRegexp", "/mem/"))).toHaveLength(1);
  });

  test.each<[string, string, Partial<Panel>]>([
    ["an unknown unit", "temperature", {}],
    ["values that a transformation computes", "memory_bytes", { transformations: [{ id: "reduce", options: {} }] }],
  ])("but not %s", (_, expr, more) => {
    expect(faults(expr, shownAs("short"), more)).toEqual([]);
  });

  test("but not a panel without a unit, or with a unit that is not checked", () => {
    expect(faults("memory_bytes", { defaults: {}, overrides: [] })).toEqual([]);
    expect(faults("temperature", shownAs("celsius"))).toEqual([]);
    expect(faults("memory_bytes", shownAs("suffix: pages"))).toEqual([]);
  });
});

describe("with a wrong unit,", () => {
  const { alerts, logAlerts, catalogue: ours } = contributions(everything);
  const { platform, erp } = signals(everything);
  const models = [...platform.dashboards, ...erp.dashboards].map(({ model }) => model);
  const known = new Map([...ours.vocabulary, ["ALERTS", [alertsSeries([...alerts, ...logAlerts], ours.vocabulary)]]]);
  const isRefused = (rules: readonly { readonly rule: string }[]) =>
    rules.some(({ rule }) => rule.startsWith("must have the unit"));

  test("every limit of our alerts is refused", () => {
    const limits = { ratio, factor, seconds, bytes, perSecond, count };
    const wrong = alerts.flatMap((given) =>
      Object.values(limits).flatMap((limit) => {
        const { above: _above, below: _below, ...form } = given;
        const other = limit(Math.min(given.limit.value, 1));
        const broken = alert(given.comparison === ">" ? { ...form, above: other } : { ...form, below: other });
        return areAlike([given.limit.unit, other.unit], resultOf(given.measure)) ? [] : [broken];
      }),
    );
    const unnoticed = wrong.filter((broken) => !isRefused(checkAlert(broken, ours.vocabulary)));
    expect(wrong.length).toBeGreaterThan(350);
    // A count that is divided by a number can be a share or a mean.
    expect(new Set(unnoticed.map(({ name }) => name))).toEqual(
      new Set(["ClusterDnsFailing", "PostgresqlWraparoundImminent", "PostgresqlWraparoundNear"]),
    );
  });

  test("every one of our panels is refused", () => {
    const panels = models.flatMap((model) => panelsOf(model)).filter(({ type }) => type !== "logs");
    const units = new Set(panels.map(({ fieldConfig }) => fieldConfig?.defaults.unit));
    const wrong = panels.flatMap((panel) => {
      const answers = targetsOf(panel).map((target) => ({ target, series: resultOf(queryOf(target)) }));
      const series = answers.flatMap((one) => one.series ?? []);
      return [...units].flatMap((unit = "") => {
        if (areAlike([panel.fieldConfig?.defaults.unit, unit], series)) return [];
        return [{ answers, panel: { ...panel, fieldConfig: { defaults: { unit }, overrides: [] } } }];
      });
    });
    const unnoticed = wrong.filter(({ panel, answers }) => !isRefused(checkPanelUnits(panel, answers, "")));
    expect(wrong.length).toBeGreaterThan(2000);
    expect(new Set(unnoticed.map(({ panel }) => panel.title))).toEqual(
      new Set(["Busy threads", "Successful DNS look-ups, %", "Transaction IDs used"]),
    );
  });

  function resultOf({ language, text }: Pick<Query, "language" | "text">): readonly Series[] {
    return (language === "logql" ? checkLogql(text, logVocabulary) : checkPromql(text, known)).series ?? [];
  }

  function queryOf({ expr = "", datasource }: Target): Pick<Query, "language" | "text"> {
    return { language: datasource?.type === "loki" ? "logql" : "promql", text: expr };
  }

  /** Units that the same value can have. */
  function areAlike(units: readonly (string | undefined)[], series: readonly Series[]): boolean {
    const ambiguous = series.some(({ unit }) => unit === "flag" || unit === "secondsPerSecond");
    const alike = [
      ["ratio", "factor"],
      ["percentunit", "none"],
      ["short", "none"],
      ["cps", "ops", "reqps", "rowsps"],
      ...(ambiguous
        ? [
            ["ratio", "count", "factor"],
            ["short", "percentunit"],
          ]
        : []),
    ];
    return new Set(units).size === 1 || alike.some((names) => units.every((unit = "") => names.includes(unit)));
  }
});

function unitsOf(text: string): (ValueUnit | undefined)[] {
  const { findings, series } = checkPromql(text, vocabulary);
  expect(findings).toEqual([]);
  return (series ?? []).map(({ unit }) => unit);
}

function series(
  name: string,
  kind: Series["kind"],
  unit: ValueUnit | UnitByLabel | undefined,
  labels: Readonly<Record<string, Label>> = {},
): [string, Series[]] {
  const known = new Map(Object.entries({ job: { values: ["shop"] }, ...labels }));
  const measured = typeof unit === "object" ? { unitBy: unit } : unit && { unit };
  return [name, [{ metric: name, kind, labels: known, open: false, ...measured }]];
}
