import {
  type FieldDisplay,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  VizOrientation,
} from "@grafana/data";
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import { fieldConfig } from "./fields";
import type { PanelProps } from "./panel-props";

const usual = {
  graphMode: BigValueGraphMode.Area,
  colorMode: BigValueColorMode.Value,
  justifyMode: BigValueJustifyMode.Auto,
  textMode: BigValueTextMode.Auto,
  orientation: VizOrientation.Auto,
  wideLayout: true,
};

export function StatPanel(props: PanelProps) {
  const { panel, frames, range, timeZone, theme, width, height, replaceVariables } = props;
  const options = { ...usual, ...panel.options };
  const values = () =>
    getFieldDisplayValues({
      fieldConfig: fieldConfig(panel),
      reduceOptions: { calcs: ["lastNotNull"], ...options.reduceOptions },
      replaceVariables,
      theme,
      data: frames,
      sparkline: options.graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange,
      timeZone,
    });
  const renderValue = (
    drawn: VizRepeaterRenderValueProps<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>,
  ) => {
    const { value, alignmentFactors, count } = drawn;
    const sparkline = value.sparkline && { ...value.sparkline, timeRange: range };
    return (
      <div data-value>
        <BigValue
          value={value.display}
          count={count}
          sparkline={sparkline}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={options.textMode}
          alignmentFactors={alignmentFactors}
          text={options.text}
          width={drawn.width}
          height={drawn.height}
          theme={theme}
          hasLinks={value.hasLinks}
          percentChangeColorMode={options.percentChangeColorMode}
          disableWideLayout={!options.wideLayout}
        />
      </div>
    );
  };
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={renderValue}
      width={width}
      height={height}
      source={frames}
      itemSpacing={3}
      renderCounter={0}
      autoGrid={true}
      orientation={options.orientation}
      key={`${theme.name} ${width}`}
    />
  );
}
