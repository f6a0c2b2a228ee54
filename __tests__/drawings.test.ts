import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { DrawnDashboard } from "../commands/drawings/draw-dashboards";
import { judgeDrawings } from "../commands/drawings/judge-drawings";
import { judgeQuiet, judgeTrouble } from "../commands/drawings/judge-health";
import { judgePanel } from "../commands/drawings/judge-panel";
import type { Drawing, LimitFacts, PanelFacts, SeriesFacts } from "../preview/src/facts";

const series = (legend: string, max = 8, colour = `#${legend}`): SeriesFacts => ({
  legend,
  colour,
  min: max / 2,
  max,
  last: max,
  points: 20,
});

const limit = (value: number): LimitFacts => ({
  value,
  colour: "#f00",
  y: 20,
  visible: true,
  plotHeight: 200,
  area: false,
  line: true,
});

/** A graph without faults. */
const good: PanelFacts = {
  id: 1,
  title: "Requests by route",
  type: "timeseries",
  box: { x: 0, y: 0, width: 400, height: 300 },
  notDrawn: [],
  series: [series("/a"), series("/b")],
  limits: [],
  axes: [{ min: 0, max: 10, ticks: ["0 req/s", "10 req/s"] }],
  marks: [],
  values: [],
  legend: { names: ["/a", "/b"], lines: 1, scrolls: false },
  clipped: [],
  overlaps: [],
  queries: [{ refId: "A", expr: "sum by (route) (rate(requests_total[1m]))", series: 2 }],
};

const panel = (defaults: object = {}) => ({ type: "timeseries", fieldConfig: { defaults, overrides: [] } }) as Panel;
const withLimit = panel({
  thresholds: {
    mode: "absolute",
    steps: [
      { value: null, color: "transparent" },
      { value: 10, color: "red" },
    ],
  },
});

const rules = (change: Partial<PanelFacts>, of = panel()) =>
  judgePanel({ ...good, ...change }, of).map(({ rule }) => rule);

test("a good graph has no faults", () => {
  expect(rules({})).toEqual([]);
  expect(rules({ type: "stat", series: [], axes: [], values: [{ text: "3", colour: "#0f0", means: "well" }] })).toEqual(
    [],
  );
});

const many = (count: number) => Array.from({ length: count }, (_, index) => series(`/${index}`));

test.each<[string, Partial<PanelFacts>, string]>([
  [
    "a refused query",
    { queries: [{ refId: "A", expr: "x", series: 0, error: "bad_data" }] },
    "must have no failing query",
  ],
  ["a feature that is not drawn", { notDrawn: ["alert list"] }, "must use only features that the page can draw"],
  ["a plot that is not drawn", { series: [], axes: [] }, "must draw the series of its queries"],
  ["a series without a name", { series: [series(" ")] }, "must name every series"],
  ["labels as a name", { series: [series('up{job="a"}')] }, "must name its series in words"],
  ["a repeated name", { series: [series("/a"), series("/a", 8, "#2")] }, "must give each series a different name"],
  ["21 series", { series: many(21) }, "must have at most 20 series, or select some with `topk`"],
  ["a tall legend", { legend: { names: [], lines: 5, scrolls: true } }, "must have a legend of at most 4 lines"],
  [
    "a repeated colour",
    { series: [series("/a", 8, "#1"), series("/b", 8, "#1")] },
    "must draw each series in a different colour",
  ],
  [
    "a low line",
    { axes: [{ min: 0, max: 81, ticks: [] }] },
    "must have an axis of at most 10 times its largest value or limit, or of 1 if that is 0",
  ],
  [
    "an axis for zeros up to 100",
    { series: [{ ...series("a", 0), min: 0 }], axes: [{ min: 0, max: 100, ticks: [] }] },
    "must have an axis of at most 10 times its largest value or limit, or of 1 if that is 0",
  ],
  [
    "a line at the top",
    { series: [{ ...series("a", 2), min: 2 }], axes: [{ min: 0, max: 2, ticks: [] }] },
    "must leave room above its values",
  ],
  ["a long unit", { axes: [{ min: 0, max: 10, ticks: ["10 customers"] }] }, "must have a unit of at most 7 characters"],
  ["a truncated title", { clipped: [{ text: "Requests by", where: "title" }] }, "must show its title completely"],
  ["texts over each other", { overlaps: [["12", "req/s"]] }, "must not draw texts that overlap"],
])("%s is a fault", (_, change, rule) => {
  expect(rules(change)).toEqual([rule]);
});

test("a selection of the largest series has no faults, and a limit counts as a value of the axis", () => {
  const queries = [{ refId: "A", expr: "topk(25, x)", series: 25 }];
  expect(rules({ series: many(25), queries })).toEqual([]);
  expect(rules({ axes: [{ min: 0, max: 100, ticks: [] }], limits: [limit(60)] })).toEqual([]);
});

test("an axis with a bound from its author can end at the values", () => {
  const full = { series: [{ ...series("a", 1), min: 1 }], axes: [{ min: 0, max: 1, ticks: ["100%"] }] };
  expect(rules(full, panel({ max: 1 }))).toEqual([]);
});

describe("while the system is healthy", () => {
  const quiet = (change: Partial<PanelFacts>, of = withLimit) =>
    judgeQuiet({ ...good, ...change }, of).map(({ rule }) => rule);

  test("no value is yellow, red or beyond a limit, and no area is tinted", () => {
    expect(quiet({ limits: [limit(10)], values: [{ text: "8", colour: "#0f0", means: "well" }] })).toEqual([]);
    expect(quiet({ values: [{ text: "8", colour: "#ff0", means: "watch" }] })).toEqual([
      "must not be yellow or red while the system is healthy",
    ]);
    expect(quiet({ series: [series("/a", 10)] })).toEqual([]);
    expect(quiet({ series: [series("/a", 11)] })).toEqual(["must not pass its limit while the system is healthy"]);
    expect(quiet({ limits: [{ ...limit(10), area: true }] })).toEqual([
      "must not colour an area that no value reaches",
    ]);
  });
});

test("a panel that shows a firing alert shows a value beyond the limit", () => {
  expect(judgeTrouble({ ...good, series: [series("/a", 11)] }, withLimit, "ErpSlow")).toEqual([]);
  expect(judgeTrouble(good, withLimit, "ErpSlow").map(({ rule }) => rule)).toEqual([
    "must show a value beyond its limit while ErpSlow fires",
  ]);
});

describe("a dashboard", () => {
  const model = { uid: "one", title: "One", panels: [{ ...withLimit, id: 1 }] };
  const drawnIn = (kind: "quiet" | "trouble", panels: readonly PanelFacts[], more: Partial<Drawing> = {}) => ({
    dashboard: { uid: "one", title: "One", model },
    slice: { name: kind, title: kind, kind, from: 0, to: 1 },
    drawing: { panels, rows: [], notDrawn: [], variables: [], ...more } as unknown as Drawing,
  });
  const judge = (
    drawn: readonly DrawnDashboard[],
    firing: Readonly<Record<string, string>> = {},
    unhealthy: readonly string[] = [],
  ) => judgeDrawings(drawn, { firing: () => firing, unhealthy }).map(({ rule }) => rule);
  const beyond = { ...good, series: [series("/a", 11)], axes: [{ min: 0, max: 20, ticks: [] }] };

  test("is judged by the state of the system in the slice", () => {
    expect(judge([drawnIn("trouble", [beyond])])).toEqual([]);
    expect(judge([drawnIn("quiet", [beyond])])).toEqual(["must not pass its limit while the system is healthy"]);
    expect(judge([drawnIn("quiet", [beyond])], {}, [good.title])).toEqual([]);
    expect(judge([drawnIn("trouble", [good])], { "one/1": "ErpSlow" })).toEqual([
      "must show a value beyond its limit while ErpSlow fires",
    ]);
    expect(judge([drawnIn("trouble", [good])], { "other/1": "ErpSlow" })).toEqual([]);
  });

  test("reports each fault of a panel once for all slices", () => {
    const cut = { ...good, overlaps: [["12", "req/s"]] as const };
    expect(judge([drawnIn("quiet", [cut]), drawnIn("trouble", [cut])])).toEqual(["must not draw texts that overlap"]);
  });

  test("has no panel that is empty in every slice", () => {
    const empty = { ...good, series: [], axes: [], empty: "No data" };
    expect(judge([drawnIn("quiet", [empty]), drawnIn("trouble", [good])])).toEqual([]);
    expect(judge([drawnIn("quiet", [empty]), drawnIn("trouble", [empty])])).toEqual([
      "must have data in a slice of the recording, or in a scenario of its alert",
    ]);
  });

  test("has no annotation, row or variable that the page cannot draw", () => {
    const variables = [
      { name: "route", chosen: ["/a"], options: 1 },
      { name: "filters", chosen: [""], options: 0, error: "variables of type adhoc are not drawn here" },
    ];
    expect(judge([drawnIn("quiet", [good], { notDrawn: ["annotation Deployments: 400"], variables })])).toEqual([
      "must use only features that the page can draw",
      "must have options",
    ]);
  });

  test("shows a graph on the first screen of each row", () => {
    const row = { id: 9, title: "Row", open: true, panels: 1, box: { x: 0, y: 100, width: 1280, height: 30 } };
    const at = (y: number) => [{ ...good, box: { ...good.box, y } }];
    expect(judge([drawnIn("quiet", at(1000), { rows: [row] })])).toEqual([]);
    expect(judge([drawnIn("quiet", at(1001), { rows: [row] })])).toEqual([
      "must show its first graph on the first screen",
    ]);
  });
});

test("a yellow value is beyond the limit of the less severe alert, and a green value is not", () => {
  const two = panel({
    thresholds: {
      mode: "absolute",
      steps: [
        { value: null, color: "green" },
        { value: 10, color: "yellow" },
        { value: 20, color: "red" },
      ],
    },
  });
  expect(judgeTrouble({ ...good, series: [series("/a", 11)] }, two, "ErpSlow")).toEqual([]);
  expect(judgeTrouble({ ...good, series: [series("/a", 9)] }, two, "ErpSlow")).toHaveLength(1);
});
