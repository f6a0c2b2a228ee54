import * as common from "@grafana/grafana-foundation-sdk/common";
import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import * as tablePanel from "@grafana/grafana-foundation-sdk/table";
import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Promql } from "../queries/query";
import type { PanelContext } from "./panel-context";
import { dataSource, tables } from "./panel-queries";
import type { Panel, PanelForm } from "./panels";
import { refIdAt } from "./ref-id";
import { stepsOf, type Thresholds, thresholdsConfig } from "./thresholds";

/** A column of numbers. */
export interface Column {
  readonly title: string;
  /** Grafana's name of the unit. */
  readonly unit: string;
  /** Query for the current value of each line. */
  readonly query: Promql;
  /** The number of decimals that are shown. @default Grafana chooses it by the value */
  readonly decimals?: number;
  /** Values at which the colour of the number changes. @default the colour never changes */
  readonly thresholds?: Thresholds;
}

interface TableForm extends Omit<PanelForm, "unit" | "thresholds" | "seriesLinks"> {
  /** The label whose values are the lines of the table, and the title of its column. */
  readonly lines: { readonly label: string; readonly title: string };
  readonly columns: readonly Column[];
  /** Title of the column by which the lines are sorted, the largest value first. */
  readonly largest: string;
}

/** Current values side by side: a line for each value of a label, a column for each query. */
export function table(form: TableForm): Panel {
  return { build: (context) => currentValues(form, context).build() };
}

function currentValues(form: TableForm, context: PanelContext): tablePanel.PanelBuilder {
  const { title, description, width, height = 8, empty, links = [], lines, columns, largest } = form;
  const panel = new tablePanel.PanelBuilder()
    .title(title)
    .description(description)
    .gridPos({ x: 0, y: 0, w: width, h: height })
    .datasource(dataSource.promql)
    .targets(
      tables(
        columns.map(({ query }) => ({ query, legend: `{{${lines.label}}}` })),
        form,
      ),
    )
    .transformations([
      { id: "merge", options: {} },
      { id: "organize", options: { excludeByName: { Time: true }, renameByName: titles(form) } },
    ])
    .sortBy([new common.TableSortByFieldStateBuilder().displayName(largest).desc(true)])
    .unit(units.NoUnit)
    .thresholds(thresholdsConfig(undefined, "transparent"));
  if (empty) panel.noValue(empty);
  if (links.length > 0) panel.links([...links]);
  panel.overrideByName(lines.label, [{ id: "custom.width", value: 320 }]);
  columns.forEach((column, index) => void panel.overrideByName(valueColumn(index), properties(column, context)));
  return panel;
}

/** The name that Grafana gives the values of one of several queries. */
function valueColumn(index: number): string {
  return `Value #${refIdAt(index)}`;
}

function titles({ lines, columns }: TableForm): Readonly<Record<string, string>> {
  const ofValues = columns.map(({ title }, index) => [valueColumn(index), title] as const);
  return { [lines.label]: lines.title, ...Object.fromEntries(ofValues) };
}

function properties({ unit, decimals, thresholds }: Column, context: PanelContext): DynamicConfigValue[] {
  const steps = stepsOf(thresholds, context);
  return [
    { id: "unit", value: unit },
    ...(decimals === undefined ? [] : [{ id: "decimals", value: decimals }]),
    ...(steps === undefined
      ? []
      : [
          { id: "thresholds", value: thresholdsConfig(steps, "green").build() },
          { id: "custom.cellOptions", value: { type: common.TableCellDisplayMode.ColorText } },
        ]),
  ];
}
