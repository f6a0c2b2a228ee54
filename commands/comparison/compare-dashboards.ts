import { isDeepStrictEqual } from "node:util";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import type { DashboardJson } from "../../signals-json";
import type { FieldChange, FoundChange } from "./change";
import { compareNamed, type Named } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { leafChanges } from "./leaf-changes";
import { followsLimit, type MovedLimit } from "./moved-limits";
import { isDashboard } from "./without-signals";

/** A dashboard, and the model that is deployed to Grafana. */
interface Deployed {
  readonly dashboard: DashboardJson;
  /** The complete model. @default the dashboard is not deployed, as in an environment without Grafana */
  readonly model?: Model;
}

/** The dashboards of a synth by their uids. */
export function deployedDashboards(
  dashboards: readonly DashboardJson[],
  objects: Named<DeployedObject>,
): Named<Deployed> {
  const models = Object.values(objects)
    .flatMap(({ content }) => Object.values((content.data ?? {}) as Fields))
    .filter(isDashboard);
  return Object.fromEntries(
    dashboards.map((dashboard) => {
      const model = models.find(({ uid }) => uid === dashboard.uid);
      return [dashboard.uid, { dashboard, ...(model && { model }) }];
    }),
  );
}

/**
 * Dashboards that were added, removed or changed, with their panels.
 * @param limits the limits of alerts that moved: a panel that only draws such a limit is not a change
 */
export function compareDashboards(
  before: Named<Deployed>,
  after: Named<Deployed>,
  limits: readonly MovedLimit[],
): FoundChange[] {
  return compareNamed("dashboards", before, after, {
    fields: (one, other) => dashboardChanges(one, other, limits),
    summary: ({ dashboard }) => `${dashboard.panels.length} panels`,
    label: ({ dashboard }) => `${dashboard.title} (${dashboard.uid})`,
  });
}

function dashboardChanges(before: Deployed, after: Deployed, limits: readonly MovedLimit[]): FieldChange[] {
  const [one, other] = [comparable(before.dashboard), comparable(after.dashboard)];
  const signals = fieldChanges(one, other).filter((change) => !followsLimits(change, limits));
  return [...signals, ...(before.model && after.model ? modelChanges(before.model, after.model, signals, limits) : [])];
}

function followsLimits({ before, after }: FieldChange, limits: readonly MovedLimit[]): boolean {
  const leaves = leafChanges(before, after);
  const texts = (list: unknown) => (Array.isArray(list) ? list : []);
  return leaves.every(({ before: one, after: other }) =>
    Array.isArray(one) && Array.isArray(other) && one.length === other.length
      ? one.every((item, index) => item === other[index] || followsLimit(item, texts(other)[index], limits))
      : followsLimit(one, other, limits),
  );
}

function comparable({ title, folder, panels }: DashboardJson): object {
  return {
    title,
    folder,
    ...Object.fromEntries(panels.map(({ title: panel, ...shown }) => [panelName(panel), shown])),
  };
}

function panelName(title: string | undefined): string {
  return `panel "${title ?? ""}"`;
}

/** Parts of a panel's model, by the name under which a reader knows them. */
const parts: Readonly<Record<string, (model: Fields) => unknown>> = {
  description: ({ description }) => description,
  thresholds: ({ fieldConfig }) => ((fieldConfig as Fields | undefined)?.defaults as Fields | undefined)?.thresholds,
  unit: ({ fieldConfig }) => ((fieldConfig as Fields | undefined)?.defaults as Fields | undefined)?.unit,
};

/**
 * What `signals.json` does not contain: texts, thresholds and units of panels, and everything else about the look of the
 * dashboard in one field.
 */
function modelChanges(
  before: Model,
  after: Model,
  signals: readonly FieldChange[],
  limits: readonly MovedLimit[],
): FieldChange[] {
  const panels = Object.fromEntries(panelsOf(before).map((panel) => [panel.title ?? "", panel]));
  const inPanels = panelsOf(after).flatMap((panel) => {
    const known = panels[panel.title ?? ""];
    if (known === undefined) return [];
    return Object.entries(parts).flatMap(([part, read]): FieldChange[] => {
      const [one, other] = [read(known as unknown as Fields), read(panel as unknown as Fields)];
      const isSame = isDeepStrictEqual(one, other) || followsLimits({ field: "", before: one, after: other }, limits);
      return isSame ? [] : [{ field: `${panelName(panel.title)}.${part}`, before: null, after: null }];
    });
  });
  // A panel that was added or removed moves the others.
  if (inPanels.length > 0 || signals.length > 0) return inPanels;
  const isLook = leafChanges(before, after).some((change) => !followsLimits(change, limits));
  return isLook ? [{ field: "layout or options", before: null, after: null }] : [];
}
