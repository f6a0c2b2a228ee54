import * as units from "@grafana/grafana-foundation-sdk/units";
import { promql } from "../queries/query";
import { type Panel, type PanelForm, stat } from "./panels";
import { above } from "./thresholds";

interface AlertsFiringForm extends Pick<PanelForm, "width" | "height" | "scrapeSeconds" | "empty"> {
  /** Whose they are, as the subject of a sentence: `Alerts about Redis`. */
  readonly which: string;
  /** Matchers of `ALERTS`: `service="redis"`. */
  readonly matchers: string;
}

/** How many alerts fire now: the first answer of a dashboard's first row. */
export function alertsFiring({ which, matchers, ...size }: AlertsFiringForm): Panel {
  return stat({
    ...size,
    title: "Alerts firing",
    description: `${which} that fire now. Their names and times are the red marks in the graphs below.`,
    unit: units.Short,
    query: promql`count(ALERTS{alertstate="firing",${matchers}}) or vector(0)`,
    thresholds: above({ red: 1 }),
  });
}
