import type { DataFrame, GrafanaTheme2, InterpolateFunction, TimeRange } from "@grafana/data";
import type { PanelModel } from "../dashboard/model";
import type { Sketch } from "../facts/sketch";
import type { Span } from "../session";

/** Properties that each type of panel is drawn from. */
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
  /** Shows the period that the user selects in the plot. */
  readonly onZoom: (span: Span) => void;
  /** The period in which the alert of a story fires. @default the panel shows no story, or the alert stays silent */
  readonly firing?: Span;
  /** Keeps the objects from which the facts are read. */
  readonly sketch: Sketch;
}

/** An annotation: a moment or a period. */
export interface Mark extends Span {
  readonly colour: string;
  readonly title: string;
  readonly text: string;
}
