import { type AlertForm, alert } from "../kit/alerts/alert";
import { count, type Limit } from "../kit/alerts/limit";
import { gone, holds, rises, type Samples, samples } from "../kit/alerts/stories/samples";
import { absence, fires, lowTraffic, type Scenario, silent } from "../kit/alerts/stories/scenario";
import { seriesOf } from "../kit/alerts/stories/series-of";
import { lasting } from "../kit/alerts/stories/story-time";
import { catalogue } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import { source } from "../kit/metrics/metric";
import { promql } from "../kit/queries/query";

const job: Job = {
  name: "shop",
  team: "shop",
  scrapedBy: "ServiceMonitor",
  port: "http",
  path: "/metrics",
  intervalSeconds: 15,
  timeoutSeconds: 10,
  labels: { job: { values: ["shop"] } },
  sample: {},
};
const zones = { zone: { open: "the cloud names them" }, room: { open: "the shop names them" } };
const { gauge } = source(job, { ...zones, kind: ["coins", "notes"] });
const till = gauge("till", ["zone", "room", "kind"], {
  help: "Coins in the till.",
  sample: { zone: "a", room: "front", kind: "coins" },
});
const { vocabulary } = catalogue([{ till }], []);

interface Given {
  readonly story: Scenario;
  /** Other scenarios of the same alert. @default the alert has no other scenarios */
  readonly others?: Readonly<Record<string, Scenario>>;
  readonly measure: string;
  /** @default the alert has no such labels */
  readonly on?: readonly string[];
  /** @default 10 */
  readonly above?: number;
}

/** The series of an expanded scenario, as `<zone>/<room>/<kind>: <value>, <value>…`, and the labels of neighbours. */
function expandedSeries({ story, others = {}, measure, on = [], above = 10 }: Given) {
  const form = {
    name: "Till",
    group: "shop",
    severity: "warning",
    service: "shop",
    team: "shop",
    summary: "",
    description: "",
  };
  const scenarios = { story, ...others };
  const given = { ...form, measure: promql`${measure}`, on, above: count(above), for: "5m", scenarios };
  const environment = { alert: alert(given as AlertForm & { above: Limit }), vocabulary, recordings: [] };
  const { given: series, neighbours, ...rest } = seriesOf(story, environment);
  return { ...rest, neighbours: neighbours.map(({ label, value }) => `${label}=${value}`), series: series.map(text) };
}

function text({ labels, parts }: Samples): string {
  const values = parts.map(({ for: time, value }) => `${value?.from ?? value?.perSecond ?? "none"} for ${time}`);
  return `${labels.zone}/${labels.room}/${labels.kind}: ${values.join(", ")}`;
}

test("times follow `for`, values follow the limit, and the last part lasts as long as the longest series", () => {
  const story = fires({
    given: (limit) => [
      samples(till, [holds(0, "1m"), holds(2 * limit, lasting("10m"))]),
      samples(till, [holds(1, "1m")], { zone: "b" }),
    ],
    onset: "1m",
    after: lasting("-15s"),
    by: lasting(),
    resolves: { after: lasting("9m45s"), by: lasting("10m") },
    alone: "the test is about times",
  });
  expect(expandedSeries({ story, measure: "max(till)" })).toEqual({
    length: 960,
    firing: { after: 345, by: 360, resolves: { after: 945, by: 960 } },
    neighbours: [],
    series: ["a/front/coins: 0 for 60s, 20 for 900s", "b/front/coins: 1 for 960s"],
  });
});

describe("twins", () => {
  const story = silent({ given: [samples(till, [holds(8, "10m")])] });
  const series = (measure: string, on: readonly string[] = []) => expandedSeries({ story, measure, on }).series;

  test("halve a sum, differ around an average, and are below a maximum and above a minimum", () => {
    expect(series("sum(till)")).toEqual(["a/front/coins: 4 for 600s", "bystander/front/coins: 4 for 600s"]);
    expect(series("avg(till)")).toEqual(["a/front/coins: 9.6 for 600s", "bystander/front/coins: 6.4 for 600s"]);
    expect(series("max(till)")).toEqual(["a/front/coins: 8 for 600s", "bystander/front/coins: 4 for 600s"]);
    expect(series("min(till)")).toEqual(["a/front/coins: 8 for 600s", "bystander/front/coins: 12 for 600s"]);
  });

  test("differ in a label that the aggregation drops, but not in a label with listed values", () => {
    expect(series("sum by (zone, kind) (till)", ["zone", "kind"])[1]).toBe("a/bystander/coins: 4 for 600s");
    expect(series("sum by (zone, room) (till)", ["zone", "room"]).filter((one) => one.startsWith("a/front"))).toEqual([
      "a/front/coins: 8 for 600s",
    ]);
  });

  test("are derived for both parts of a ratio that selects different series of one metric", () => {
    const part = silent({ given: ["coins", "notes"].map((kind) => samples(till, [holds(8, "10m")], { kind })) });
    const measure = 'sum(till{kind="coins"}) / sum(till{kind="notes"})';
    expect(expandedSeries({ story: part, measure }).series.slice(0, 4)).toEqual([
      "a/front/coins: 4 for 600s",
      "bystander/front/coins: 4 for 600s",
      "a/front/notes: 4 for 600s",
      "bystander/front/notes: 4 for 600s",
    ]);
  });

  test("are not derived if the scenario contains them", () => {
    const given = [samples(till, [holds(8, "10m")]), samples(till, [holds(2, "10m")], { zone: "b" })];
    expect(expandedSeries({ story: silent({ given }), measure: "sum(till)" }).series).toEqual([
      "a/front/coins: 8 for 600s",
      "b/front/coins: 2 for 600s",
    ]);
  });

  test("keep their first value in a firing scenario if one series is enough to fire", () => {
    const firing = fires({
      given: [samples(till, [holds(1, "5m"), holds(20, "10m")])],
      onset: "5m",
      after: "4m",
      by: "5m",
    });
    expect(expandedSeries({ story: firing, measure: "max(till)" }).series).toEqual([
      "a/front/coins: 1 for 300s, 20 for 600s",
      "bystander/front/coins: 1 for 900s",
    ]);
  });
});

describe("neighbours", () => {
  const measure = "max by (zone, room, kind) (till)";
  const on = ["zone"];
  const firing = fires({
    given: [samples(till, [holds(1, "5m"), holds(20, "10m")])],
    onset: "5m",
    after: "4m",
    by: "5m",
  });

  test("keep the value from before the onset", () => {
    expect(expandedSeries({ story: firing, measure, on })).toMatchObject({
      neighbours: ["zone=bystander"],
      series: ["a/front/coins: 1 for 300s, 20 for 600s", "bystander/front/coins: 1 for 900s"],
    });
  });

  test("are like the series of a silent scenario", () => {
    const story = silent({ given: [samples(till, [holds(8, "10m")])] });
    expect(expandedSeries({ story, measure, on }).series).toContain("bystander/front/coins: 8 for 600s");
  });

  test("do not exist if nothing is measured", () => {
    const story = absence(silent({ given: [samples(till, [gone("10m")])] }));
    expect(expandedSeries({ story, measure, on }).neighbours).toEqual([]);
  });
});

describe("strangers", () => {
  const measure = 'max by (zone, room, kind) (till{kind="coins",zone!="test"})';

  test("have another value of each matched label, and keep the value from before the onset in a firing scenario", () => {
    const story = fires({
      given: [samples(till, [holds(1, "5m"), holds(20, "10m")])],
      onset: "5m",
      after: "4m",
      by: "5m",
    });
    expect(expandedSeries({ story, measure }).series.slice(1)).toEqual(["a/front/notes: 1 for 900s"]);
  });

  test("have the firing values in a silent scenario", () => {
    const quiet = silent({ given: [samples(till, [holds(8, "10m")])] });
    const firing = fires({ given: [samples(till, [rises(1, "10m")])], after: "4m", by: "5m" });
    const expected = ["a/front/coins: 8 for 600s", "a/front/notes: 1 for 600s"];
    expect(expandedSeries({ story: quiet, others: { firing }, measure }).series).toEqual(expected);
    const little = lowTraffic(quiet);
    expect(expandedSeries({ story: little, others: { firing }, measure }).series).toEqual(expected);
  });

  test("start in a silent scenario with the first value after the onset", () => {
    const quiet = silent({ given: [samples(till, [holds(8, "10m")])] });
    const firing = fires({
      given: [samples(till, [holds(9, "5m"), rises(0.5, "10m")])],
      onset: "5m",
      after: "1m",
      by: "5m",
    });
    expect(expandedSeries({ story: quiet, others: { firing }, measure }).series[1]).toBe("a/front/notes: 9 for 600s");
  });

  test("have the values of the first scenario that resolves", () => {
    const quiet = silent({ given: [samples(till, [holds(8, "10m")])] });
    const firing = (value: number) => ({ given: [samples(till, [holds(value, "10m")])], after: "4m", by: "5m" });
    const resolves = { after: "6m", by: "7m" };
    const others = {
      unresolved: fires(firing(20)),
      first: fires({ ...firing(30), resolves }),
      second: fires({ ...firing(40), resolves }),
    };
    expect(expandedSeries({ story: quiet, others, measure }).series[1]).toBe("a/front/notes: 30 for 600s");
  });
});
