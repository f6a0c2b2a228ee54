import { layout } from "../preview/src/dashboard/layout";
import { panelsOf } from "../preview/src/dashboard/panels-of";
import { heatmapFrames } from "../preview/src/queries/heatmap-frames";
import { alignTime, durationText, rateInterval, safeStep } from "../preview/src/queries/intervals";
import { legend } from "../preview/src/queries/legend";
import { lokiFrames } from "../preview/src/queries/loki-frames";
import { type PrometheusData, prometheusFrames, prometheusTable } from "../preview/src/queries/prometheus-frames";
import { builtIn } from "../preview/src/variables/built-in";

describe("intervals", () => {
  // https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
  test("of a rate are four scrapes, or the step and one scrape if that is longer", () => {
    expect(rateInterval(15_000, 15_000)).toBe(60_000);
    expect(rateInterval(30_000, 15_000)).toBe(60_000);
    expect(rateInterval(60_000, 15_000)).toBe(75_000);
  });

  test("of a query yield at most the 11,000 points that Prometheus returns", () => {
    const week = 7 * 24 * 3_600_000;
    expect(week / safeStep(1000, week)).toBeLessThanOrEqual(11_000);
    expect(safeStep(15_000, 3_600_000)).toBe(15_000);
  });

  test("begin at multiples of the step", () => {
    expect(alignTime(1_700_000_007_500, 15_000)).toBe(1_700_000_000_000 - (1_700_000_000_000 % 15_000));
  });

  test("are written in PromQL's notation", () => {
    expect([durationText(60_000), durationText(1500)]).toEqual(["60s", "1500ms"]);
  });

  test("are available as variables in queries only", () => {
    const context = { range: { from: 1000, to: 3_601_000 }, scrapeMs: 15_000, dashboard: { uid: "d", title: "D" } };
    const query = builtIn({ ...context, stepMs: 15_000 });
    expect(["__interval", "__rate_interval", "__range", "__auto", "__from"].map((name) => query(name)?.value)).toEqual([
      "15s",
      "60s",
      "3600s",
      "15s",
      "1000",
    ]);
    // https://grafana.com/docs/grafana/latest/datasources/loki/template-variables/
    expect(builtIn({ ...context, stepMs: 15_000, instant: true })("__auto")?.value).toBe("3600s");
    expect(builtIn(context)("__interval")).toBeUndefined();
  });
});

describe("a legend", () => {
  const labels = { __name__: "up", job: "erp", pod: "a" };

  test.each([
    ["{{pod}} of {{ job }}", "a of erp"],
    ["{{none}}", ""],
    ["", 'up{job="erp", pod="a"}'],
    [undefined, 'up{job="erp", pod="a"}'],
    ["__auto", undefined],
  ])("%p is %p", (format, text) => {
    expect(legend(format, labels, "up")).toBe(text);
  });

  test("of a series without labels is the query itself", () => {
    expect([legend("", {}, "vector(1)"), legend("__auto", {}, "vector(1)")]).toEqual(["vector(1)", "vector(1)"]);
  });
});

/** From https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries */
const matrix: PrometheusData = {
  resultType: "matrix",
  result: [
    {
      metric: { __name__: "up", job: "prometheus", instance: "localhost:9090" },
      values: [
        [1435781430.781, "1"],
        [1435781445.781, "NaN"],
        [1435781460.781, "+Inf"],
      ],
    },
  ],
};

describe("a result of Prometheus", () => {
  test("over time is one frame for each series, in which gaps are visible", () => {
    const [frame] = prometheusFrames(matrix, { refId: "A", expr: "up", legendFormat: "{{job}}", stepMs: 15_000 });
    const [time, value] = frame?.fields ?? [];
    expect(time).toMatchObject({ values: [1435781430781, 1435781445781, 1435781460781], config: { interval: 15_000 } });
    expect(value).toMatchObject({
      values: [1, Number.NaN, Number.POSITIVE_INFINITY],
      labels: { job: "prometheus" },
      config: { displayNameFromDS: "prometheus" },
    });
  });

  test("for one point in time is a frame with one value, also for a scalar", () => {
    const vector: PrometheusData = { resultType: "vector", result: [{ metric: {}, value: [1, "2.5"] }] };
    const frames = [vector, { resultType: "scalar" as const, result: [1, "3"] as const }].map((data) =>
      prometheusFrames(data, { refId: "A", expr: "x" }),
    );
    expect(frames.map(([frame]) => frame?.fields[1]?.values)).toEqual([[2.5], [3]]);
  });

  test("as a table has a column for each label, which is empty for series without the label", () => {
    const vector: PrometheusData = {
      resultType: "vector",
      result: [
        { metric: { pod: "a" }, value: [1, "1"] },
        { metric: { job: "b" }, value: [1, "2"] },
      ],
    };
    const columns = prometheusTable(vector, { refId: "A", expr: "x" }, false).fields.map(({ name, values }) => [
      name,
      values,
    ]);
    expect(columns).toEqual([
      ["Time", [1000, 1000]],
      ["job", ["", "b"]],
      ["pod", ["a", ""]],
      ["Value", [1, 2]],
    ]);
  });

  test("in buckets contains the count of each single bucket, sorted by bounds as numbers", () => {
    const bucket = (le: string, ...counts: number[]) => ({
      metric: { le },
      values: counts.map((count, index) => [index, String(count)] as const),
    });
    const data: PrometheusData = {
      resultType: "matrix",
      result: [bucket("+Inf", 9, 4), bucket("10", 7, 4), bucket("2.5", 3, 1)],
    };
    const frames = heatmapFrames(prometheusFrames(data, { refId: "A", expr: "x", stepMs: 1000 }));
    expect(frames.map(({ fields }) => [fields[1]?.labels?.le, fields[1]?.values])).toEqual([
      ["2.5", [3, 1]],
      ["10", [4, 3]],
      ["+Inf", [2, 0]],
    ]);
  });
});

test("the lines of all streams of Loki are one frame, with the newest line first", () => {
  const stream = (app: string, ...values: [string, string][]) => ({ stream: { app }, values });
  const result = [stream("a", ["1700000000000000001", "old"]), stream("b", ["1700000001000000000", "new"])];
  const [frame] = lokiFrames({ resultType: "streams", result }, { refId: "A", expr: "{}" });
  expect(frame?.fields.map(({ values }) => values)).toEqual([
    [{ app: "b" }, { app: "a" }],
    [1700000001000, 1700000000000],
    ["new", "old"],
  ]);
});

describe("the grid", () => {
  const panel = (id: number, x: number, y: number, w = 12, h = 8) => ({ id, type: "stat", gridPos: { x, y, w, h } });
  const row = (id: number, y: number, more: object = {}) => ({ ...panel(id, 0, y, 24, 1), type: "row", ...more });
  const tops = (
    cells: readonly { readonly panel: { readonly id: number }; readonly box: { readonly top: number } }[],
  ) => cells.map(({ panel, box }) => [panel.id, box.top]);

  // Grafana's constants: 24 columns, 30 px a row, 8 px between.
  test("gives a panel its share of the width, and 38 px for each grid row without the last gap", () => {
    const { cells } = layout([panel(1, 12, 0, 12, 8)], () => true, 1248);
    expect(cells[0]?.box).toEqual({ left: 628, top: 0, width: 620, height: 296 });
  });

  test("moves panels up below a collapsed row", () => {
    const panels = [row(1, 0), panel(2, 0, 1), row(3, 9), panel(4, 0, 10)];
    expect(tops(layout(panels, () => true, 1248).cells)).toEqual([
      [1, 0],
      [2, 38],
      [3, 342],
      [4, 380],
    ]);
    expect(tops(layout(panels, ({ id }) => id !== 1, 1248).cells)).toEqual([
      [1, 0],
      [3, 38],
      [4, 76],
    ]);
  });

  test("reads the panels of a collapsed row from the row, and moves the following panels down", () => {
    const panels = [row(1, 0, { collapsed: true, panels: [panel(2, 0, 1)] }), panel(3, 0, 1)];
    expect(tops(layout(panels, () => true, 1248).cells)).toEqual([
      [1, 0],
      [2, 38],
      [3, 342],
    ]);
    expect(tops(layout(panels, () => false, 1248).cells)).toEqual([
      [1, 0],
      [3, 38],
    ]);
  });
});

describe("a dashboard of an old schema", () => {
  const old = {
    rows: [
      {
        title: "Load",
        showTitle: true,
        height: "250px",
        panels: [
          { type: "graph", span: 6 },
          { type: "graph", span: 6 },
          { type: "graph", span: 12 },
        ],
      },
      {
        title: "Closed",
        collapse: true,
        panels: [{ type: "graph", id: 7, targets: [{ expr: "up" }, { refId: "X" }] }],
      },
    ],
  };
  const panels = panelsOf<{ id: number; type: string; gridPos: object; panels?: { targets?: object[] }[] }>(old);

  test("gets positions in the grid: a span is a twelfth of the width, and 250 px are seven grid rows", () => {
    expect(panels.map(({ type, gridPos }) => [type, Object.values(gridPos)])).toEqual([
      ["row", [0, 0, 24, 1]],
      ["graph", [0, 1, 12, 7]],
      ["graph", [12, 1, 12, 7]],
      ["graph", [0, 8, 24, 7]],
      ["row", [0, 15, 24, 1]],
    ]);
  });

  test("gets an id for each panel, and a name for each query", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.at(-1)?.panels?.[0]?.targets).toEqual([{ expr: "up", refId: "A" }, { refId: "X" }]);
  });
});
