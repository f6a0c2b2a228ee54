import { type DrawnDashboard, drawDashboards } from "../../commands/drawings/draw-dashboards";
import { firingPanels } from "../../commands/drawings/firing-panels";
import { type FiringPanels, judgeDrawings } from "../../commands/drawings/judge-drawings";
import { pageDashboard } from "../../commands/preview/page-dashboard";
import { whileQueryingRecording } from "../../commands/preview/recorded-sources";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";

const { erp, platform, alerts } = signals(recorded);
const dashboards = [...erp.dashboards, ...platform.dashboards];
const models = dashboards.map(({ model }) => model);

/** Panels that show a problem of the test cluster's machine, or something that the test cluster does not have. */
const machine: Readonly<Record<string, string>> = {
  "Lowest free volume space": "volumes are folders on the machine's disk, which is nearly full",
  "Lowest free node disk space": "it is nearly full",
  "Free disk space by node": "it is nearly full",
  "Load per CPU by node": "other programs run on the machine",
  "Number of targets by job": "the test cluster has no Grafana, and the recording is older than the job `dns-probe`",
};

let drawn: readonly DrawnDashboard[];
let firing: ReadonlyMap<string, FiringPanels>;

beforeAll(async () => {
  await whileQueryingRecording(recorded, models, async (sources) => {
    firing = await firingPanels(sources, alerts, models);
    drawn = await drawDashboards({
      environment: recorded.name,
      dashboards: dashboards.map(pageDashboard),
      sources,
      // The width of the narrowest common screen.
      width: 1280,
      height: 900,
    });
  });
}, 600_000);

test.each(models)("$title is readable in every slice", ({ uid }) => {
  const own = drawn.filter(({ dashboard }) => dashboard.uid === uid);
  expect(own.length).toBeGreaterThan(0);
  const faults = judgeDrawings(own, { firing: (slice) => firing.get(slice) ?? {}, unhealthy: Object.keys(machine) });
  expect(
    faults.map(({ place, rule, value }) => `${place}: ${rule}${value === undefined ? "" : `, got ${value}`}`),
  ).toEqual([]);
});

test("the panels with known problems of the recording's machine still show them", () => {
  const quiet = drawn.filter(({ slice }) => slice.kind === "quiet");
  const faults = judgeDrawings(quiet, { firing: () => ({}), unhealthy: [] }).filter(({ rule }) =>
    /is healthy/.test(rule),
  );
  const titles = faults.map(({ place }) => /panel "(.*)"/.exec(place)?.[1] ?? "");
  expect([...new Set(titles)].sort()).toEqual(Object.keys(machine).sort());
});
