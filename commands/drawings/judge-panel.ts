import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { AxisFacts, PanelFacts, SeriesFacts } from "../../preview/src/facts";

/** A fault of a drawn panel. The caller adds the place, because it has the dashboard and the slice. */
export type Flaw = Omit<Fault, "place">;

/** The largest number of lines that a reader can distinguish. */
const mostSeries = 20;
const mostLegendLines = 4;
/** How many times the largest value or limit an axis may reach. The lines then still use a tenth of the height. */
const mostHeadroom = 10;
/** The share of an axis that counts as its edge. */
const edge = 0.03;
/** The largest number of characters of a unit. Longer units hide the number. */
const mostUnit = 7;

/** Faults of one drawn panel that do not depend on the state of the system. */
export function judgePanel(facts: PanelFacts, panel: Panel): Flaw[] {
  return [
    ...judgeQueries(facts),
    ...judgeLegend(facts),
    ...facts.axes.flatMap((axis) => judgeAxis(axis, facts, panel)),
    ...judgeTexts(facts),
  ];
}

function judgeQueries({ type, queries, notDrawn, empty, series }: PanelFacts): Flaw[] {
  const found = queries.reduce((sum, query) => sum + query.series, 0);
  const undrawn = type === "timeseries" && found > 0 && empty === undefined && series.length === 0;
  const failed = queries.flatMap(({ refId, error }) => (error === undefined ? [] : [`${refId}: ${error}`]));
  return [
    ...failed.map((value) => ({ rule: "must have no failing query", value, remedy: "correct the query" })),
    ...notDrawn.map((value) => ({
      rule: "must use only features that the page can draw",
      value,
      remedy: "use another type of panel or transformation, or add the feature to the page",
    })),
    ...(undrawn && notDrawn.length === 0
      ? [
          {
            rule: "must draw the series of its queries",
            value: `0 of ${found}`,
            remedy: "let the page wait for the plot",
          },
        ]
      : []),
  ];
}

function judgeLegend({ type, series, queries, legend }: PanelFacts): Flaw[] {
  const limited = queries.some(({ expr }) => /\b(topk|bottomk|limitk)\b/.test(expr));
  const names = series.map((one) => one.legend);
  const flaws: (Flaw | false)[] = [
    legend !== undefined &&
      names.some((name) => name.trim() === "") && {
        rule: "must name every series",
        remedy: "exclude the series without the label, or give them a name",
      },
    names.some(isExpression) && {
      rule: "must name its series in words",
      value: names.find(isExpression) ?? "",
      remedy: "give the query a legend",
    },
    new Set(names).size < names.length && {
      rule: "must give each series a different name",
      value: names.find((name, index) => names.indexOf(name) !== index) ?? "",
      remedy: "add the label in which they differ to the legend, or aggregate over it",
    },
    series.length > mostSeries &&
      !limited && {
        rule: `must have at most ${mostSeries} series, or select some with \`topk\``,
        value: `${series.length}`,
        remedy: "query only the largest ones",
      },
    (legend?.lines ?? 0) > mostLegendLines && {
      rule: `must have a legend of at most ${mostLegendLines} lines`,
      value: `${legend?.lines}`,
      remedy: "show fewer series, shorter names, or a wider panel",
    },
    type === "timeseries" &&
      hasRepeatedColour(series) && {
        rule: "must draw each series in a different colour",
        remedy: "show fewer series, or assign colours by their order",
      },
  ];
  return flaws.filter((flaw) => flaw !== false);
}

/** Whether a name is the one that Prometheus generates: labels with their values. */
function isExpression(name: string): boolean {
  return /\{[^}]*="/.test(name) || /^\{.*\}$/.test(name);
}

/** Number of colours in a palette. */
const coloursOfPalette = 10;

function hasRepeatedColour(series: readonly SeriesFacts[]): boolean {
  return series.length <= coloursOfPalette && new Set(series.map(({ colour }) => colour)).size < series.length;
}

function judgeAxis({ min, max, ticks }: AxisFacts, facts: PanelFacts, { fieldConfig }: Panel): Flaw[] {
  const found = facts.series.flatMap((one) => (one.points > 0 ? [one.min ?? 0, one.max ?? 0] : []));
  if (found.length === 0) return [];
  const bounded = fieldConfig?.defaults.max !== undefined && fieldConfig.defaults.max !== null;
  const largest = Math.max(...found, ...facts.limits.map(({ value }) => value));
  const flaws: (Flaw | false)[] = [
    !bounded &&
      facts.type === "timeseries" &&
      max > (largest > 0 ? mostHeadroom * largest : 1) && {
        rule: `must have an axis of at most ${mostHeadroom} times its largest value or limit, or of 1 if that is 0`,
        value: `up to ${max}, largest ${largest}`,
        remedy: "set a soft maximum",
      },
    !bounded &&
      facts.type === "timeseries" &&
      Math.min(...found) > min + (1 - edge) * (max - min) && {
        rule: "must leave room above its values",
        value: `${Math.min(...found)} of ${max}`,
        remedy: "set a soft maximum",
      },
    ticks.some((tick) => unitOf(tick).length > mostUnit) && {
      rule: `must have a unit of at most ${mostUnit} characters`,
      value: ticks.find((tick) => unitOf(tick).length > mostUnit) ?? "",
      remedy: "choose a shorter unit, and name the full unit in the title",
    },
  ];
  return flaws.filter((flaw) => flaw !== false);
}

/** The text after the number. */
function unitOf(text: string): string {
  return text.replace(/^[-+\d.,\s]+/, "");
}

function judgeTexts({ clipped, overlaps, story }: PanelFacts): Flaw[] {
  // The mark of a story uses space in the heading, which is free in Grafana.
  const cut = clipped.filter(({ where }) => story === undefined || where !== "title");
  return [
    ...cut.map(({ text, where }) => ({
      rule: `must show its ${where} completely`,
      value: text,
      remedy: "shorten it, or make the panel wider",
    })),
    ...overlaps.map(([one, other]) => ({
      rule: "must not draw texts that overlap",
      value: `${one} and ${other}`,
      remedy: "shorten one of them, or make the panel larger",
    })),
  ];
}
