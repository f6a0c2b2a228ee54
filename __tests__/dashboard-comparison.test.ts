import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome, QueryCost } from "../bench/dashboards/ask-dashboard";
import { compare } from "../bench/dashboards/comparison";
import { readDashboard } from "../bench/dashboards/read-dashboard";
import { sameQuestions } from "../bench/dashboards/same-questions";
import { firstChoices } from "../commands/dashboards/choices";
import { questionsOf } from "../commands/dashboards/questions";
import type { Model } from "../kit/dashboards/dashboard";
import { panelsOf } from "../kit/dashboards/model";
import { signals } from "../signals";
import { recorded } from "./fixtures/recorded";

const directory = mkdtempSync(join(tmpdir(), "theirs-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The dashboard that is read from a foreign file with these fields. */
function read(fields: object): Model {
  const path = join(directory, "theirs.json");
  writeFileSync(path, JSON.stringify(fields));
  return readDashboard(path);
}

test("all of our panels in the comparison exist", () => {
  const { erp, platform } = signals(recorded);
  const models = [...erp.dashboards, ...platform.dashboards].map(({ model }) => model);
  const panels = models.flatMap((model) => panelsOf(model).map(({ title }) => `${model.title}: ${title}`));
  const compared = sameQuestions.flatMap(({ ours }) => ours.panels.map((title) => `${ours.dashboard}: ${title}`));
  expect(compared.filter((panel) => !panels.includes(panel))).toEqual([]);
});

describe("a foreign dashboard", () => {
  const target = { expr: "up" };

  test("has the queries that Grafana sends when the dashboard is opened", () => {
    const model = read({
      title: "Overview",
      panels: [
        { type: "stat", title: "Now", targets: [{ ...target, instant: true }] },
        { type: "timeseries", title: "Hour", targets: [target, { expr: "hidden", hide: true }], panels: [] },
        {
          type: "row",
          title: "More",
          collapsed: true,
          panels: [{ type: "timeseries", title: "Later", targets: [target] }],
        },
      ],
    });
    expect(questionsOf(model, {}).map(({ panel, evaluation, collapsed }) => [panel, evaluation, collapsed])).toEqual([
      ["Now", "at the end", false],
      ["Hour", { stepSeconds: 15 }, false],
      ["Later", { stepSeconds: 15 }, true],
    ]);
  });

  test("can have the form of Grafana 4, in which a data source is a name", () => {
    const model = read({
      templating: { list: [{ name: "lines", type: "datasource", query: "loki" }] },
      rows: [
        { title: "Open", panels: [{ title: "Metrics", datasource: "$source", targets: [target] }] },
        { title: "Closed", collapse: true, panels: [{ title: "Logs", datasource: "$lines", targets: [target] }] },
      ],
    });
    expect(questionsOf(model, {}).map(({ panel, language, collapsed }) => [panel, language, collapsed])).toEqual([
      ["Metrics", "promql", false],
      ["Logs", "logql", true],
    ]);
  });

  test("has the values that Grafana selects, and the values that a reader selects", async () => {
    const variable = (name: string, series: string, more = {}) => ({
      name,
      type: "query",
      query: { query: `label_values(${series}, ${name})\n` },
      ...more,
    });
    const model = read({
      templating: {
        list: [
          variable("cluster", "absent"),
          variable("namespace", "kube_pod_info"),
          variable("queue", 'length{namespace="$namespace"}', { includeAll: true }),
          variable("task", "absent", { includeAll: true }),
          variable("job", "up", { current: { value: ["gone"] } }),
          { name: "by", type: "custom", current: { value: "pod" } },
        ],
      },
    });
    const values: Record<string, string[]> = {
      "kube_pod_info namespace": ["default", "erp"],
      'length{namespace="erp"} queue': ["mail", "reports"],
      "up job": ["erp-api", "redis"],
    };
    const choices = firstChoices(model, async (series, label) => values[`${series} ${label}`] ?? [], {
      namespace: "erp",
    });
    expect(await choices).toEqual({
      cluster: "",
      namespace: "erp",
      queue: "(mail|reports)",
      task: "()",
      job: "erp-api",
      by: "pod",
    });
  });
});

describe("the comparison of two dashboards", () => {
  const question = {
    asks: "How many?",
    ours: { dashboard: "Ours", panels: ["All"] },
    theirs: { dashboard: "theirs", panels: ["All"] },
  };

  const load = (dashboard: string, outcome: Outcome, samples: number) => {
    const asked = { question: { panel: "All" }, outcome, samples } as QueryCost;
    return new Map([[dashboard, [asked]]]);
  };

  test.each([
    ["met", "answered", 100, "answered", 300],
    ["missed", "answered", 101, "answered", 300],
    ["too few", "answered", 99, "answered", 99],
    ["theirs has no answer", "answered", 1, "empty", 0],
    ["theirs has no answer", "answered", 1, "answered", 0],
    ["theirs has no answer", "answered", 1, "refused", 300],
    ["ours has no answer", "empty", 0, "answered", 300],
    ["neither answers", "empty", 0, "empty", 300],
  ] as const)("is %s: ours is %s with %d samples, theirs %s with %d", (verdict, our, ours, their, theirs) => {
    const [compared] = compare([question], load("Ours", our, ours), load("theirs", their, theirs));
    expect(compared?.verdict).toBe(verdict);
  });

  test("is `awaits an event` if our panel explains why it is empty", () => {
    const asked = { question: { panel: "All", empty: "none yet" }, outcome: "empty", samples: 0 } as QueryCost;
    const [compared] = compare([question], new Map([["Ours", [asked]]]), load("theirs", "answered", 300));
    expect(compared?.verdict).toBe("ours awaits an event");
  });

  test("skips a dashboard that is not in the folder", () => {
    expect(compare([question], load("Ours", "answered", 1), new Map())).toEqual([]);
  });
});
