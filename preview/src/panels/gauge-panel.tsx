import {
  type FieldDisplay,
  formattedValueToString,
  type GrafanaTheme2,
  type ThresholdsConfig,
  VizOrientation,
} from "@grafana/data";
import { VizRepeater, type VizRepeaterRenderValueProps } from "@grafana/ui";
import { displayValues } from "./display-values";
import type { PanelProps } from "./panel-props";

/** Degrees from the lower left over the top to the lower right. */
const sweep = 240;

/** An arc that fills up. Since version 12, Grafana's packages do not contain its gauge. */
export function GaugePanel(props: PanelProps) {
  const { panel, frames, theme, width, height } = props;
  const markers: boolean = panel.options?.showThresholdMarkers ?? true;
  return (
    <VizRepeater
      source={frames}
      getValues={() => displayValues(props)}
      renderValue={(drawn: VizRepeaterRenderValueProps<FieldDisplay>) => <Arc {...drawn} {...{ theme, markers }} />}
      renderCounter={0}
      width={width}
      height={height}
      autoGrid
      orientation={panel.options?.orientation ?? VizOrientation.Auto}
    />
  );
}

interface ArcProps extends VizRepeaterRenderValueProps<FieldDisplay> {
  readonly theme: GrafanaTheme2;
  readonly markers: boolean;
}

function Arc({ value: { display, field }, width, height, count, theme, markers }: ArcProps) {
  const { min = 0, max = 100, thresholds } = field;
  const titleHeight = count > 1 ? 20 : 0;
  const radius = Math.max(10, Math.min(width, (height - titleHeight) * 1.2) / 2 - 12);
  const centre = { x: width / 2, y: radius + 12 };
  const shareOf = (value: number) => Math.min(1, Math.max(0, (value - (min ?? 0)) / ((max ?? 100) - (min ?? 0) || 1)));
  const path = (from: number, to: number, at: number) => arc(centre, at, from, to);
  const text = formattedValueToString(display);
  const size = Math.min(radius / 1.8, (radius * 2.4) / Math.max(3, text.length));
  return (
    <div data-value style={{ width, height, position: "relative" }}>
      <svg width={width} height={height} role="img" aria-label={text} fill="none" strokeWidth={radius / 5}>
        <path d={path(0, 1, radius * 0.85)} stroke={theme.colors.background.secondary} />
        <path d={path(0, shareOf(display.numeric), radius * 0.85)} stroke={display.color} />
        {markers &&
          spans(thresholds, shareOf).map(({ from, to, color }) => (
            <path
              key={from}
              d={path(from, to, radius)}
              stroke={theme.visualization.getColorByName(color)}
              strokeWidth={radius / 25}
            />
          ))}
      </svg>
      <div
        style={{
          position: "absolute",
          left: 0,
          right: 0,
          top: centre.y - size * 0.7,
          textAlign: "center",
          fontSize: size,
          lineHeight: 1.2,
          fontWeight: 500,
          color: display.color,
        }}
      >
        {text}
      </div>
      {count > 1 && <div style={{ position: "absolute", bottom: 0, width, textAlign: "center" }}>{display.title}</div>}
    </div>
  );
}

function spans(thresholds: ThresholdsConfig | undefined, shareOf: (value: number) => number) {
  const steps = thresholds?.steps ?? [];
  return steps
    .map(({ value, color }, index) => ({
      from: shareOf(value),
      to: shareOf(steps[index + 1]?.value ?? Number.POSITIVE_INFINITY),
      color,
    }))
    .filter(({ from, to }) => to > from);
}

function arc({ x, y }: { readonly x: number; readonly y: number }, radius: number, from: number, to: number): string {
  const point = (share: number) => {
    const angle = ((share - 0.5) * sweep * Math.PI) / 180;
    return `${x + radius * Math.sin(angle)} ${y - radius * Math.cos(angle)}`;
  };
  return `M ${point(from)} A ${radius} ${radius} 0 ${(to - from) * sweep > 180 ? 1 : 0} 1 ${point(to)}`;
}
