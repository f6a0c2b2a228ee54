import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawDashboards } from "../../commands/drawings/draw-dashboards";
import { whileRunning } from "../../commands/evidence/while-running";
import { freePort } from "../../commands/free-port";
import { inTemporaryFolder } from "../../commands/temporary-folder";
import { toolPath } from "../../commands/tool";
import type { Drawing, PanelFacts } from "../../preview/src/facts";

const from = 1_700_000_000_000;
const slice = { name: "calm", title: "Calm", kind: "quiet", from, to: from + 1_200_000 } as const;

/** The settings of a panel with a unit, which is red from the limit. */
const limited = (unit: string, limit: number, more: object = {}) => ({
  defaults: {
    unit,
    thresholds: {
      mode: "absolute",
      steps: [
        { value: null, color: "green" },
        { value: limit, color: "red" },
      ],
    },
    ...more,
  },
  overrides: [],
});

/** The panels. Their queries have constant results, so that the test knows the values. */
const pod = (name: string, value: number) => `label_replace(vector(${value}), "pod", "${name}", "", "")`;
const bucket = (le: string, value: number) => `label_replace(vector(${value}), "le", "${le}", "", "")`;

const panels = [
  {
    type: "stat",
    title: "Failed",
    fieldConfig: limited("percent", 10),
    options: { colorMode: "background" },
    w: 12,
    expr: "vector(12)",
  },
  {
    type: "stat",
    title: "Waiting",
    fieldConfig: limited("short", 10),
    options: { colorMode: "background" },
    w: 12,
    expr: "vector(3)",
  },
  {
    type: "timeseries",
    title: "Latency",
    fieldConfig: limited("s", 4, { min: 0, custom: { axisSoftMax: 8, thresholdsStyle: { mode: "dashed" } } }),
    w: 12,
    expr: `${pod("a", 3)} or ${pod("b", 5)}`,
    legendFormat: "{{pod}}",
  },
  {
    type: "timeseries",
    title: "Errors",
    fieldConfig: { defaults: { noValue: "none happened" }, overrides: [] },
    w: 12,
    expr: "vector(1) > 2",
  },
  { type: "timeseries", title: "A title for which three columns are too few", w: 3, expr: "vector(1)" },
  { type: "timeseries", title: "Wrong", w: 9, expr: "sum(" },
  { type: "alertlist", title: "Alerts", w: 12 },
  {
    type: "state-timeline",
    title: "Reached",
    fieldConfig: {
      defaults: { mappings: [{ type: "value", options: { 1: { text: "yes", color: "green" } } }] },
      overrides: [],
    },
    w: 12,
    expr: pod("a", 1),
    legendFormat: "{{pod}}",
  },
  {
    type: "heatmap",
    title: "Spread",
    w: 12,
    expr: `${bucket("+Inf", 9)} or ${bucket("10", 7)} or ${bucket("2.5", 3)}`,
    legendFormat: "{{le}}",
    format: "heatmap",
  },
].map(({ w, expr, legendFormat, format, ...panel }, index) => ({
  ...panel,
  id: index + 1,
  gridPos: { x: 0, y: 10 * index, w, h: 8 },
  targets: expr ? [{ refId: "A", expr, legendFormat, format, instant: panel.type === "stat" }] : [],
}));

/** Marks the first five minutes of the slice. */
const annotation = {
  name: "Deployments",
  enable: true,
  expr: `label_replace(vector(time()) < ${(from + 300_000) / 1000}, "version", "1.2", "", "")`,
  titleFormat: "Version {{version}}",
  textFormat: "was deployed",
};
const ofLoki = { name: "Errors", enable: true, datasource: { type: "loki", uid: "loki" }, expr: '{app="erp"}' };

const row = {
  type: "row",
  id: 50,
  title: "More",
  collapsed: true,
  gridPos: { x: 0, y: 100, w: 24, h: 1 },
  panels: [{ ...panels[0], id: 51, title: "Inside" }],
};
const repeatedRow = { type: "row", id: 60, title: "Pods", repeat: "pod", gridPos: { x: 0, y: 200, w: 24, h: 1 } };
const model = {
  uid: "facts",
  title: "Facts",
  timezone: "utc",
  annotations: { list: [annotation, ofLoki] },
  templating: { list: [{ name: "filters", label: "Filters", type: "adhoc" }] },
  panels: [...panels, row, repeatedRow],
};
const told = {
  dashboard: "facts",
  panel: 4,
  story: "Failing: a short one",
  from: from - 7_200_000,
  to: from - 3_600_000,
};

let drawing: Drawing;
const drawn = (title: string): PanelFacts => drawing.panels.find((panel) => panel.title === title) as PanelFacts;

beforeAll(async () => {
  const dashboards = [{ uid: "facts", title: "Facts", model }];
  await whileAnswering(async (url) => {
    const sources = { prometheus: { url }, slices: [slice], stories: [told] };
    const [found] = await drawDashboards({
      environment: "test",
      dashboards,
      sources,
      width: 1280,
      height: 900,
    });
    drawing = found?.drawing as Drawing;
  });
}, 300_000);

/** A Prometheus without samples, in which queries without metrics still have results. */
function whileAnswering(work: (url: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const address = `127.0.0.1:${await freePort()}`;
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "prometheus.json"), "{}");
    const args = [
      `--config.file=${folder}/prometheus.json`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${address}`,
    ];
    const program = {
      path: toolPath("prometheus"),
      args: [...args, "--log.level=error"],
      url: `http://${address}/-/ready`,
    };
    return whileRunning(program, () => work(`http://${address}`));
  });
}

describe("the facts of what was drawn", () => {
  test("describe the present time and every panel, including panels in a collapsed row", () => {
    expect(drawing).toMatchObject({ done: true, dashboard: "facts", theme: "dark", range: { from, to: slice.to } });
    expect(drawing.panels).toHaveLength(panels.length + 1);
    expect(drawing.rows).toMatchObject([{ title: "More", open: true, panels: 1 }, { title: "Pods" }]);
  });

  test("contain a large number as it is displayed, and the meaning of its colour", () => {
    expect(drawn("Failed").values).toMatchObject([{ text: "12 %", means: "act" }]);
    expect(drawn("Waiting").values).toMatchObject([{ text: "3", means: "well" }]);
  });

  test("contain the lines, the labels of the axis, and the position of the limit", () => {
    const { series, axes, limits, legend } = drawn("Latency");
    expect(series).toMatchObject([
      { legend: "a", min: 3, max: 3, last: 3 },
      { legend: "b", min: 5, max: 5, last: 5 },
    ]);
    expect(axes).toMatchObject([{ min: 0, max: 8, ticks: expect.arrayContaining(["0 s", "4 s", "8 s"]) }]);
    const [limit] = limits;
    // Red in Grafana's dark theme.
    expect(limit).toMatchObject({ value: 4, colour: "#f2495c", line: true, area: false, visible: true });
    expect(limit?.y).toBeCloseTo((limit?.plotHeight ?? 0) / 2);
    expect(legend).toEqual({ names: ["a", "b"], lines: 1, scrolls: false });
  });

  test("contain the text of a panel without data, and the scenario that was drawn", () => {
    expect(drawn("Errors")).toMatchObject({ empty: "none happened", story: told.story, series: [] });
  });

  test("contain a truncated title, and no other", () => {
    const cut = drawing.panels.flatMap(({ clipped }) => clipped);
    expect(cut).toEqual([{ text: "A title for which three columns are too few", where: "title" }]);
  });

  test("contain Prometheus' error for a query that it does not understand", () => {
    expect(drawn("Wrong").queries).toMatchObject([{ expr: "sum(", error: expect.stringContaining("parse error") }]);
  });

  test("contain the panels that only Grafana can draw", () => {
    expect(drawing.panels.filter(({ notDrawn }) => notDrawn.length > 0)).toMatchObject([
      { title: "Alerts", notDrawn: ["alertlist"] },
    ]);
  });

  test("contain what the page states about annotations, rows and variables that it does not draw", () => {
    expect(drawing.notDrawn).toEqual([
      "not drawn here: annotation Errors: only queries of Prometheus are drawn",
      'not drawn here: a row "Pods" for each pod',
    ]);
    expect(drawing.variables).toMatchObject([{ error: "variables of type adhoc are not drawn here" }]);
  });

  test("contain the texts of the marks in graphs", () => {
    expect(drawn("Latency").marks).toEqual(["Version 1.2\nwas deployed"]);
    expect(drawn("Reached").marks).toEqual(["Version 1.2\nwas deployed"]);
  });

  test("contain the states of a row, and the content of each single bucket", () => {
    // Green in Grafana's dark theme.
    expect(drawn("Reached")).toMatchObject({
      series: [{ legend: "a", colour: "#73bf69" }],
      legend: { names: ["yes"] },
    });
    expect(drawn("Spread").series.map(({ legend, last }) => [legend, last])).toEqual([
      ["2.5", 3],
      ["10", 4],
      ["+Inf", 2],
    ]);
  });
});
