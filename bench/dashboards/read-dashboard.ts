import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Model } from "../../kit/dashboards/dashboard";

/** A part of a third-party dashboard. Only the fields that we read are listed, and any of them may be missing. */
interface Foreign {
  readonly [field: string]: unknown;
  readonly type?: string;
  readonly title?: string;
  readonly collapsed?: boolean;
  readonly collapse?: boolean;
  readonly hide?: boolean;
  readonly name?: string;
  readonly query?: string | { readonly query?: string };
  readonly datasource?: string | { readonly type?: string; readonly uid?: string } | null;
  readonly rows?: readonly Foreign[];
  readonly panels?: readonly Foreign[];
  readonly targets?: readonly Foreign[];
  readonly templating?: { readonly list?: readonly Foreign[] };
  readonly annotations?: { readonly list?: readonly Foreign[] };
}

/**
 * Reads a dashboard that Grafana exported, also in an older format, and converts it to the format of ours. The file
 * name is its title.
 */
export function readDashboard(path: string): Model {
  const { rows = [], panels = [], templating, annotations, ...rest }: Foreign = JSON.parse(readFileSync(path, "utf8"));
  const variables = (templating?.list ?? []).map(toVariable);
  const logs = variables.filter(({ type, query }) => type === "datasource" && query === "loki");
  const isLoki = (source: Foreign["datasource"]) => sendsToLoki(source, logs);
  return {
    ...rest,
    title: basename(path, ".json"),
    panels: [...panels, ...rows.flatMap(panelsOfRow)].map((panel) => toPanel(panel, isLoki)),
    templating: { list: variables },
    annotations: { list: annotations?.list ?? [] },
  } as unknown as Model;
}

/** Since Grafana 5, a row contains its panels only while it is collapsed. */
function panelsOfRow({ panels = [], collapse = false, title = "" }: Foreign): readonly Foreign[] {
  return collapse ? [{ type: "row", title, collapsed: true, panels }] : panels;
}

function toPanel(panel: Foreign, isLoki: (source: Foreign["datasource"]) => boolean): Foreign {
  const { panels, targets, datasource, ...rest } = panel;
  return {
    ...rest,
    // Any panel may have an empty list of panels.
    ...(panels && panel.type === "row" && { panels: panels.map((one) => toPanel(one, isLoki)) }),
    ...(targets && {
      targets: targets
        .filter(({ hide }) => !hide)
        .map((target) => ({
          ...target,
          datasource: { type: isLoki(target.datasource ?? datasource) ? "loki" : "prometheus" },
        })),
    }),
  };
}

function toVariable({ query, definition, ...rest }: Foreign): Foreign {
  const asked = typeof query === "object" ? query.query : query;
  return { ...rest, query: (asked ?? "").trim() };
}

/** Older dashboards name a data source by a text, which may be a variable. */
function sendsToLoki(source: Foreign["datasource"], logs: readonly Foreign[]): boolean {
  const { type, uid = "" } = typeof source === "object" ? (source ?? {}) : { uid: source };
  return (
    type === "loki" || logs.some(({ name = "" }) => [`$${name}`, `\${${name}}`].includes(uid)) || /loki/i.test(uid)
  );
}
