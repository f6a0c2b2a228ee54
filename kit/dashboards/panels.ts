import * as common from "@grafana/grafana-foundation-sdk/common";
import * as sdk from "@grafana/grafana-foundation-sdk/dashboard";
import * as heatmapPanel from "@grafana/grafana-foundation-sdk/heatmap";
import * as logsPanel from "@grafana/grafana-foundation-sdk/logs";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import * as statPanel from "@grafana/grafana-foundation-sdk/stat";
import * as timelinePanel from "@grafana/grafana-foundation-sdk/statetimeline";
import * as timeseriesPanel from "@grafana/grafana-foundation-sdk/timeseries";
import type { AnyAlert } from "../alerts/alert";
import type { Logql, Promql } from "../queries/query";
import { softMax } from "./axis";
import type { Link } from "./links";
import { asDeclared, type PanelContext } from "./panel-context";
import { dataSource, instant, ranges, type Scraped, type Shown } from "./panel-queries";
import { isUpperLimit, type Steps, stepsOf, type Thresholds, thresholdsConfig } from "./thresholds";

/**
 * A panel that is built together with its dashboard. A dashboard leaves out a panel with a query whose data is not kept.
 */
export interface Panel {
  /** Other queries without whose data the panel is left out too. @default none */
  readonly needs?: readonly (Promql | Logql)[];
  build(context: PanelContext): sdk.Panel;
}

/** Properties that all panels share. */
export interface PanelForm extends Scraped {
  readonly title: string;
  /** States what the panel shows, what is normal, and what to do. The reader may have just been woken. */
  readonly description: string;
  /**
   * Grafana's name of the unit.
   * https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit
   */
  readonly unit: string;
  /** Width in columns of Grafana's grid, which has 24. */
  readonly width: number;
  /** Height in rows of the grid. @default 3 for a stat, 10 for log lines, 8 for the others */
  readonly height?: number;
  /** Values at which the colour changes. @default the colour never changes */
  readonly thresholds?: Thresholds;
  /** Text that is shown when the query returns nothing. @default "No data" */
  readonly empty?: string;
  /** The links that each series has. @default none */
  readonly seriesLinks?: readonly Link[];
  /** The links that the panel has. @default none */
  readonly links?: readonly Link[];
}

type StatForm = PanelForm & {
  readonly query: Promql | Logql;
  /** The number of decimals that are shown. @default Grafana chooses it by the value */
  readonly decimals?: number;
  /** Words that are shown instead of certain numbers. @default numbers are shown as they are */
  readonly words?: Readonly<Record<number, string>>;
};

/** The current value, as a number or as a word. */
export function stat(form: StatForm): Panel {
  return { build: (context) => number(form, stepsOf(form.thresholds, context)).build() };
}

/**
 * A panel that contains values of an alert in a query or a text. If the environment switches the alert off, they are the
 * values that the product declares.
 */
export function panelOf(alert: AnyAlert, panel: (alert: AnyAlert) => Panel): Panel {
  return { build: (context) => panel((context.deployed ?? asDeclared)(alert) ?? alert).build(context) };
}

function number(form: StatForm, steps: Steps | undefined): statPanel.PanelBuilder {
  const { query, decimals, words, empty } = form;
  const panel = framePanel(new statPanel.PanelBuilder(), { height: 3, ...form })
    .datasource(dataSource[query.language])
    .withTarget(instant(query, form.title, form))
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(steps ? common.BigValueColorMode.Background : common.BigValueColorMode.None)
    .thresholds(thresholdsConfig(steps, "green"));
  const mappings = [...(words ? [valueMapping(words)] : []), ...(empty && steps ? [uncoloured(empty)] : [])];
  if (mappings.length > 0) panel.mappings(mappings);
  return decimals === undefined ? panel : panel.decimals(decimals);
}

type TimeseriesForm = PanelForm & {
  readonly queries: readonly Shown[];
  /** Further queries, which are left out by themselves if their data is not kept. @default none */
  readonly queriesIfKept?: readonly Shown[];
  /** Whether the lines are stacked, so that the topmost one is their sum. @default false */
  readonly stacked?: boolean;
  /** The largest value that the axis shows. @default Grafana chooses it by the values */
  readonly max?: number;
  /** The value up to which the axis reaches at least. @default 1.5 times the limit, or a small value of the unit */
  readonly softMax?: number;
  /** Colours of series whose names have a meaning, such as red for `5xx`. @default all follow Grafana's palette */
  readonly colors?: Readonly<Record<string, string>>;
};

/** Lines over time, with limits as dashed lines. A single line and its area are red where it exceeds its limit. */
export function timeseries(form: TimeseriesForm): Panel {
  const { queries, queriesIfKept = [] } = form;
  return {
    build: (context) => {
      const { isKept = () => true } = context;
      const kept = [...queries, ...queriesIfKept.filter(({ query }) => isKept(query))];
      return graph({ ...form, queries: kept }, stepsOf(form.thresholds, context)).build();
    },
  };
}

function graph(form: TimeseriesForm, steps: Steps | undefined): timeseriesPanel.PanelBuilder {
  const { queries, stacked = false, max, colors = {} } = form;
  const severalLines = queries.length > 1 || queries.some((shown) => shown.legend.includes("{{"));
  const colouredByLimit = !severalLines && isUpperLimit(steps);
  const { Dashed, Off } = common.GraphThresholdsStyleMode;
  const panel = frameGraph(new timeseriesPanel.PanelBuilder(), form)
    .datasource(dataSource[queries[0]?.query.language ?? "promql"])
    .targets(ranges(queries, form))
    .min(0)
    .lineWidth(stacked ? 0 : 1)
    .fillOpacity(fillOpacity(stacked, severalLines))
    .showPoints(common.VisibilityMode.Never)
    .stacking(new common.StackingConfigBuilder().mode(stacked ? common.StackingMode.Normal : common.StackingMode.None))
    .colorScheme(colouredByLimit ? byLimit : byOrder)
    .gradientMode(colouredByLimit ? common.GraphGradientMode.Scheme : common.GraphGradientMode.None)
    .thresholds(thresholdsConfig(steps, colouredByLimit ? "green" : "transparent"))
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(steps ? Dashed : Off))
    .legend(legend(severalLines))
    .tooltip(tooltip);
  for (const [name, fixedColor] of Object.entries(colors)) {
    panel.overrideByName(name, [{ id: "color", value: { mode: sdk.FieldColorModeId.Fixed, fixedColor } }]);
  }
  return max === undefined ? panel.axisSoftMax(form.softMax ?? softMax(form.unit, steps)) : panel.max(max);
}

const byLimit = new sdk.FieldColorBuilder().mode(sdk.FieldColorModeId.Thresholds);
const byOrder = new sdk.FieldColorBuilder().mode(sdk.FieldColorModeId.PaletteClassic);

/** Distribution of values over time, from the cumulative buckets of a histogram in Prometheus. */
export function heatmap(
  form: PanelForm & {
    readonly query: Promql;
    /** Grafana's name of the unit of a bucket's count; `unit` is the unit of the bounds of buckets. */
    readonly cellUnit: string;
  },
): Panel {
  return frameGraph(new heatmapPanel.PanelBuilder(), form)
    .datasource(dataSource.promql)
    .targets(ranges([{ query: form.query, legend: "{{le}}" }], form, PromQueryFormat.Heatmap))
    .yAxis(new heatmapPanel.YAxisConfigBuilder().unit(form.unit))
    .cellValues(new heatmapPanel.CellValuesBuilder().unit(form.cellUnit))
    .color(
      new heatmapPanel.HeatmapColorOptionsBuilder()
        .mode(heatmapPanel.HeatmapColorMode.Scheme)
        .scheme("Blues")
        .steps(64),
    )
    .hideLegend();
}

/** Bands over time for values that are 1 (good) or 0 (bad). */
export function states(
  form: PanelForm & {
    readonly shown: Shown;
    /** Text for the value 1, which is green. */
    readonly good: string;
    /** Text for the value 0, which is red. */
    readonly bad: string;
  },
): Panel {
  const mapping: sdk.ValueMap = {
    type: sdk.MappingType.ValueToText,
    options: { "0": { text: form.bad, color: "red", index: 0 }, "1": { text: form.good, color: "green", index: 1 } },
  };
  return framePanel(new timelinePanel.PanelBuilder(), form)
    .datasource(dataSource.promql)
    .targets(ranges([form.shown], form))
    .mappings([mapping])
    .showValue(common.VisibilityMode.Never)
    .legend(legend(true));
}

/** Log lines, the newest first. A click on a line opens its fields and links. */
export function logLines(form: Omit<PanelForm, "unit"> & { readonly query: Logql }): Panel {
  return framePanel(new logsPanel.PanelBuilder(), { unit: "none", height: 10, ...form })
    .datasource(dataSource.logql)
    .targets(ranges([{ query: form.query, legend: "" }], {}))
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(common.LogsSortOrder.Descending);
}

type AnyPanel =
  | statPanel.PanelBuilder
  | timeseriesPanel.PanelBuilder
  | heatmapPanel.PanelBuilder
  | timelinePanel.PanelBuilder
  | logsPanel.PanelBuilder;

/**
 * A graph with a point for each minute of an hour. The interval of a query replaces that of its panel: if queries have
 * one, the number of points is limited instead.
 */
function frameGraph<Given extends timeseriesPanel.PanelBuilder | heatmapPanel.PanelBuilder>(
  panel: Given,
  form: PanelForm,
): Given {
  if (form.scrapeSeconds === undefined) panel.interval("1m");
  else panel.maxDataPoints(60);
  return framePanel(panel, form);
}

function framePanel<Given extends AnyPanel>(panel: Given, form: PanelForm): Given {
  const { title, description, unit, width, height = 8, empty, links = [], seriesLinks = [] } = form;
  panel.title(title).description(description).unit(unit).gridPos({ x: 0, y: 0, w: width, h: height });
  if (empty) panel.noValue(empty);
  if (links.length > 0) panel.links([...links]);
  if (seriesLinks.length > 0) panel.dataLinks([...seriesLinks]);
  return panel;
}

/** Words instead of numbers. A word has the colour that the thresholds give its number. */
function valueMapping(words: Readonly<Record<number, string>>): sdk.ValueMap {
  const options = Object.entries(words).map(([value, text], index) => [value, { text, index }] as const);
  return { type: sdk.MappingType.ValueToText, options: Object.fromEntries(options) };
}

/** A text for a missing value, neither green nor red. */
/** Grafana would colour the text in place of a value as the lowest values: green, where a limit is an upper one. */
function uncoloured(text: string): sdk.SpecialValueMap {
  const result = { text, color: "text", index: 0 };
  return { type: sdk.MappingType.SpecialValue, options: { match: sdk.SpecialValueMatch.Null, result } };
}

/** Several areas that overlap would mix to a colour that no line has. */
function fillOpacity(stacked: boolean, severalLines: boolean): number {
  if (stacked) return 60;
  return severalLines ? 0 : 10;
}

function legend(shown: boolean): common.VizLegendOptionsBuilder {
  return new common.VizLegendOptionsBuilder()
    .showLegend(shown)
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom)
    .calcs([]);
}

const tooltip = new common.VizTooltipOptionsBuilder()
  .mode(common.TooltipDisplayMode.Multi)
  .sort(common.SortOrder.Descending);
