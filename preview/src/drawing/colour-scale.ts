import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";
import * as schemes from "d3-scale-chromatic";

/**
 * Options of the colours of a heatmap.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/heatmap/
 */
export interface ColourOptions {
  readonly mode?: string;
  readonly scheme?: string;
  readonly fill?: string;
  readonly reverse?: boolean;
  readonly steps?: number;
}

/** Schemes that begin with their dark end, which Grafana does not invert in the dark theme. */
const dark = ["Turbo", "Viridis", "Magma", "Inferno", "Plasma", "Cividis", "Warm", "Cool", "CubehelixDefault"];

/** The colour for a share between 0 and 1. Low values are dark in the dark theme and light in the light theme. */
export function colourScale(options: ColourOptions, theme: GrafanaTheme2): (share: number) => string {
  const { mode = "scheme", scheme = "Oranges", fill = "dark-orange", reverse = false, steps = 64 } = options;
  if (mode === "opacity") {
    const colour = theme.visualization.getColorByName(fill);
    return (share) => colorManipulator.alpha(colour, share);
  }
  const all = schemes as unknown as Readonly<Record<string, (share: number) => string>>;
  const interpolate = all[`interpolate${scheme}`] ?? schemes.interpolateOranges;
  const turned = reverse !== (theme.isDark && !dark.includes(scheme));
  return (share) => {
    const step = Math.min(steps - 1, Math.floor(share * steps)) / Math.max(1, steps - 1);
    return interpolate(turned ? 1 - step : step);
  };
}
