import type { DataFrame, GrafanaTheme2, InterpolateFunction, TimeRange } from "@grafana/data";
import type { PanelModel } from "../dashboard/model";
import type { Sketch } from "../facts/sketch";
import type { Span } from "../session";

/** What each type of panel draws from. */
export interface PanelProps {
  readonly panel: PanelModel;
  /** The data, with units and colours. */
  readonly frames: DataFrame[];
  readonly range: TimeRange;
  readonly timeZone: string;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
  readonly replaceVariables: InterpolateFunction;
  readonly marks: readonly Mark[];
  /** Shows the time that somebody marks in the plot. */
  readonly onZoom: (span: Span) => void;
  /** While the alert of a story fires. @default the panel shows no story, or the alert stays silent */
  readonly firing?: Span;
  /** Keeps what is needed to read from the page what was drawn. */
  readonly sketch: Sketch;
}

/** An annotation: a moment, or a time. */
export interface Mark extends Span {
  readonly colour: string;
  readonly title: string;
  readonly text: string;
}
