import * as units from "@grafana/grafana-foundation-sdk/units";
import { promql } from "../queries/query";
import { type Panel, type PanelForm, stat } from "./panels";
import { above } from "./thresholds";

interface AlertsFiringForm extends Pick<PanelForm, "width" | "height" | "scrapeSeconds" | "empty"> {
  /** The alerts that are counted, as the subject of a sentence: `Redis alerts`. */
  readonly which: string;
  /** Matchers of `ALERTS` that select them: `service="redis"`. */
  readonly matchers: string;
}

/** The number of alerts that fire now, which is the first panel of a dashboard. */
export function alertsFiring({ which, matchers, ...size }: AlertsFiringForm): Panel {
  return stat({
    ...size,
    title: "Alerts firing",
    description: `${which} that fire now; normally there are none. The red marks in the graphs below show when each one began to fire.`,
    unit: units.Short,
    query: promql`count(ALERTS{alertstate="firing",${matchers}}) or vector(0)`,
    thresholds: above({ red: 1 }),
  });
}
