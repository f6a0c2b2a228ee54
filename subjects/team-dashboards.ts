import type { FiledDashboard } from "../kit/dashboards/build-dashboards";
import type { Model } from "../kit/dashboards/dashboard";
import type { Environment } from "../settings/environment";
import { dashboardsOfTeams, type WrittenDashboard } from "../settings/team-files";

/** A dashboard of a team, in the folder of the team. */
export interface TeamDashboard extends FiledDashboard {
  readonly team: string;
  /** Path of the file. */
  readonly path: string;
}

/** The dashboards of all teams of an environment. */
export function teamDashboards(environment: Environment): readonly TeamDashboard[] {
  return dashboardsOfTeams(environment).map(({ team, path, content }) => ({
    team,
    path,
    folder: team,
    model: complete(content),
  }));
}

/** Fields that Grafana fills in when it loads a dashboard, and that everything that reads dashboards expects. */
function complete({ id: _id, __inputs: _inputs, ...written }: WrittenDashboard): Model {
  const { panels, templating, annotations, ...others } = written as WrittenDashboard & Lists;
  return {
    ...others,
    templating: { list: (templating?.list ?? []).map(withQueryText) },
    annotations: { list: annotations?.list ?? [] },
    panels: (panels as readonly Part[]).map(completePanel),
  } as unknown as Model;
}

/** The lists that a dashboard may lack. */
interface Lists {
  /** Variables of the dashboard. @default none */
  readonly templating?: PartList;
  /** Annotations of the dashboard. @default none */
  readonly annotations?: PartList;
}

interface PartList {
  /** The entries of the list, in their order. @default none */
  readonly list?: readonly Part[];
}

type Part = Readonly<Record<string, unknown>>;

/** Grafana writes the query of a variable as text, or as an object that contains the text. */
function withQueryText(variable: Part): Part {
  const { query } = variable;
  const text = typeof query === "object" && query !== null && "query" in query ? query.query : query;
  return { ...variable, query: text };
}

/** A row with a list of panels, or a panel whose queries each name their data source. */
function completePanel(panel: Part): Part {
  if (panel.type === "row") return { ...panel, panels: ((panel.panels ?? []) as readonly Part[]).map(completePanel) };
  const { targets, datasource } = panel;
  if (!Array.isArray(targets)) return panel;
  return {
    ...panel,
    targets: targets.map((target: Part) => ({ ...target, datasource: target.datasource ?? datasource })),
  };
}
