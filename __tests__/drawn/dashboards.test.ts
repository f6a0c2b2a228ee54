import { type DrawnDashboard, drawDashboards } from "../../commands/drawings/draw-dashboards";
import { firingPanels } from "../../commands/drawings/firing-panels";
import { type FiringPanels, judgeDrawings } from "../../commands/drawings/judge-drawings";
import { drawnDashboard } from "../../commands/preview/drawn-dashboard";
import { whileAskingRecording } from "../../commands/preview/recorded-sources";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";

const { erp, platform, alerts } = signals(recorded);
const filed = [...erp.dashboards, ...platform.dashboards];
const models = filed.map(({ model }) => model);

/** Panels that show a part of the test cluster's machine which is not healthy, or which it lacks. */
const machine: Readonly<Record<string, string>> = {
  "Lowest free volume space": "volumes are folders on the machine's disk, which is nearly full",
  "Lowest free node disk space": "it is nearly full",
  "Free disk space by node": "it is nearly full",
  "Load per CPU by node": "other programs run on the machine",
  Grafana: "the test cluster has none",
  "Targets up by job": "Grafana is one of them, and the test cluster has none",
};

let drawn: readonly DrawnDashboard[];
let firing: ReadonlyMap<string, FiringPanels>;

beforeAll(async () => {
  await whileAskingRecording(recorded, models, async (sources) => {
    firing = await firingPanels(sources, alerts, models);
    drawn = await drawDashboards({
      environment: recorded.name,
      dashboards: filed.map(drawnDashboard),
      sources,
      // The narrowest screen that people use.
      width: 1280,
      height: 900,
    });
  });
}, 600_000);

test.each(models)("$title can be read, quiet and in trouble", ({ uid }) => {
  const own = drawn.filter(({ dashboard }) => dashboard.uid === uid);
  expect(own.length).toBeGreaterThan(0);
  const faults = judgeDrawings(own, { firing: (slice) => firing.get(slice) ?? {}, unhealthy: Object.keys(machine) });
  expect(
    faults.map(({ place, rule, value }) => `${place}: ${rule}${value === undefined ? "" : `, got ${value}`}`),
  ).toEqual([]);
});

test("what is not healthy on the machine of the recording still looks so", () => {
  const quiet = drawn.filter(({ slice }) => slice.mood === "quiet");
  const faults = judgeDrawings(quiet, { firing: () => ({}), unhealthy: [] }).filter(({ rule }) =>
    /is healthy/.test(rule),
  );
  const titles = faults.map(({ place }) => /panel "(.*)"/.exec(place)?.[1] ?? "");
  expect([...new Set(titles)].sort()).toEqual(Object.keys(machine).sort());
});
