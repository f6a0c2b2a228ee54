import { isDeepStrictEqual } from "node:util";
import type { DashboardJson } from "../../signals-json";
import type { FieldChange, FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { isDashboard } from "./without-signals";

/** A dashboard, and the model that is deployed to Grafana. */
interface Deployed {
  readonly dashboard: DashboardJson;
  readonly model: unknown;
}

/** The dashboards of a synth by their titles. */
export function deployedDashboards(
  dashboards: readonly DashboardJson[],
  objects: Named<DeployedObject>,
): Named<Deployed> {
  const models = Object.values(objects)
    .flatMap(({ content }) => Object.values((content.data ?? {}) as Fields))
    .filter(isDashboard);
  return Object.fromEntries(
    dashboards.map((dashboard) => [
      dashboard.uid,
      { dashboard, model: models.find(({ uid }) => uid === dashboard.uid) },
    ]),
  );
}

/** Dashboards that were added, removed or changed, with their panels. */
export function compareDashboards(before: Named<Deployed>, after: Named<Deployed>): FoundChange[] {
  return compareNamed("dashboards", before, after, { fields: dashboardChanges });
}

function dashboardChanges(before: Deployed, after: Deployed): readonly FieldChange[] {
  const found = fieldChanges(comparable(before.dashboard), comparable(after.dashboard));
  if (found.length > 0 || isDeepStrictEqual(before.model, after.model)) return found;
  return [{ field: "layout, texts or thresholds", before: null, after: null }];
}

function comparable({ title, folder, panels }: DashboardJson): object {
  return {
    title,
    folder,
    ...Object.fromEntries(panels.map(({ title: panel, ...shown }) => [`panel "${panel}"`, shown])),
  };
}
