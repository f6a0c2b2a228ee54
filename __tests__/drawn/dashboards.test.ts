import { type DrawnDashboard, drawDashboards } from "../../commands/drawings/draw-dashboards";
import { firingPanels } from "../../commands/drawings/firing-panels";
import { type FiringPanels, judgeDrawings } from "../../commands/drawings/judge-drawings";
import { drawnDashboard } from "../../commands/preview/drawn-dashboard";
import { whileAskingRecording } from "../../commands/preview/recorded-sources";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";

const { erp, platform, alerts } = signals(recorded);
const filed = [...erp.dashboards, ...platform.dashboards];
const models = filed.map(({ model }) => model);

let drawn: readonly DrawnDashboard[];
let firing: ReadonlyMap<string, FiringPanels>;

beforeAll(async () => {
  await whileAskingRecording(recorded, models, async (sources) => {
    firing = await firingPanels(sources, alerts, models);
    drawn = await drawDashboards({
      environment: recorded.name,
      dashboards: filed.map(drawnDashboard),
      sources,
      scrapeSeconds,
      // The narrowest screen that people use.
      width: 1280,
      height: 900,
    });
  });
}, 600_000);

test.each(models)("$title can be read, quiet and in trouble", ({ uid }) => {
  const own = drawn.filter(({ dashboard }) => dashboard.uid === uid);
  expect(own.length).toBeGreaterThan(0);
  const faults = judgeDrawings(own, (slice) => firing.get(slice) ?? {});
  expect(
    faults.map(({ place, rule, value }) => `${place}: ${rule}${value === undefined ? "" : `, got ${value}`}`),
  ).toEqual([]);
});
