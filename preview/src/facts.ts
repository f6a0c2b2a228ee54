/** Facts about the drawing, read from the page itself, at `window.drawing`. */
export interface Drawing {
  /** Whether every panel shown has been drawn. */
  readonly done: boolean;
  readonly dashboard: string;
  readonly theme: "dark" | "light";
  readonly range: { readonly from: number; readonly to: number };
  readonly variables: readonly VariableFacts[];
  readonly rows: readonly RowFacts[];
  readonly panels: readonly PanelFacts[];
  /** Things outside the panels that Grafana draws and this page does not: annotations of other data sources, repeated rows. */
  readonly notDrawn: readonly string[];
}

export interface VariableFacts {
  readonly name: string;
  readonly chosen: readonly string[];
  readonly options: number;
  /** Why its values could not be read. @default they were read */
  readonly error?: string;
}

export interface RowFacts {
  readonly id: number;
  readonly title: string;
  readonly open: boolean;
  /** Number of panels of the row. */
  readonly panels: number;
  readonly box: BoxFacts;
}

/** Position in pixels, from the upper left corner of the page. */
export interface BoxFacts {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelFacts {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly box: BoxFacts;
  /** The story whose time the panel shows. @default the time of the dashboard */
  readonly story?: string;
  /** Things that Grafana draws and this page does not. */
  readonly notDrawn: readonly string[];
  /** The text in place of data. @default there are data */
  readonly empty?: string;
  /** Lines and states, in the order of the legend. */
  readonly series: readonly SeriesFacts[];
  /** Limits that are drawn as lines or areas. */
  readonly limits: readonly LimitFacts[];
  /** Value axes, without the time axis. */
  readonly axes: readonly AxisFacts[];
  /** Titles and texts of the annotations in the plot, which a reader sees who points at them. */
  readonly marks: readonly string[];
  /** Large numbers of a stat, a gauge or a bar gauge. */
  readonly values: readonly ValueFacts[];
  /** The legend of the panel. @default the panel has no legend */
  readonly legend?: LegendFacts;
  /** Texts that are cut at an edge. */
  readonly clipped: readonly ClippedText[];
  /** Texts that overlap. */
  readonly overlaps: readonly (readonly [string, string])[];
  readonly queries: readonly QueryFacts[];
}

export interface SeriesFacts {
  readonly legend: string;
  /** As drawn, `#rrggbb`. */
  readonly colour: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
  /** How many points have a value. */
  readonly points: number;
}

export interface LimitFacts {
  readonly value: number;
  readonly colour: string;
  /** Pixels below the top of the plot. */
  readonly y: number;
  /** Whether the line is inside of the plot. */
  readonly visible: boolean;
  /** Height of the plot in pixels. */
  readonly plotHeight: number;
  /** Whether an area is tinted. */
  readonly area: boolean;
  /** Whether a line is drawn. */
  readonly line: boolean;
}

export interface AxisFacts {
  readonly min: number;
  readonly max: number;
  /** The texts at the axis. */
  readonly ticks: readonly string[];
}

export interface ValueFacts {
  /** The complete text, including the name of the series. */
  readonly text: string;
  readonly colour: string;
  /** The meaning of the colour: green, yellow or orange, red. Undefined for another colour. */
  readonly means: "well" | "watch" | "act" | "none";
}

export interface LegendFacts {
  /** All names, including those that need scrolling. */
  readonly names: readonly string[];
  /** Number of lines of the legend. */
  readonly lines: number;
  /** Whether a reader must scroll to see all names. */
  readonly scrolls: boolean;
}

export interface ClippedText {
  readonly text: string;
  readonly where: "title" | "legend" | "axis" | "value" | "cell" | "text";
}

export interface QueryFacts {
  readonly refId: string;
  /** The query as it was sent. */
  readonly expr: string;
  readonly series: number;
  /** The samples that Prometheus read for it. @default the data source does not report them */
  readonly samples?: number;
  /** The error of the data source. @default the query succeeded */
  readonly error?: string;
}

declare global {
  interface Window {
    /** The drawing of the dashboard. @default the page is still drawing */
    drawing?: Drawing;
  }
}
