import { type FieldDisplay, getDisplayValueAlignmentFactors, VizOrientation } from "@grafana/data";
import { BarGaugeDisplayMode, BarGaugeNamePlacement, BarGaugeValueMode } from "@grafana/schema";
import { BarGauge, VizRepeater, type VizRepeaterRenderValueProps } from "@grafana/ui";
import { displayValues } from "./display-values";
import type { PanelProps } from "./panel-props";

const usual = {
  displayMode: BarGaugeDisplayMode.Gradient,
  orientation: VizOrientation.Auto,
  valueMode: BarGaugeValueMode.Color,
  namePlacement: BarGaugeNamePlacement.Auto,
  showUnfilled: true,
  minVizWidth: 8,
  minVizHeight: 16,
  maxVizHeight: 300,
};

export function BarGaugePanel(props: PanelProps) {
  const { panel, frames, theme, width, height } = props;
  const options = { ...usual, ...panel.options };
  const renderValue = (
    drawn: VizRepeaterRenderValueProps<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>,
  ) => {
    const { value, alignmentFactors, orientation, count } = drawn;
    const { field, display, view, colIndex } = value;
    return (
      <div data-value>
        <BarGauge
          value={count === 1 ? { ...display, title: undefined } : display}
          width={drawn.width}
          height={drawn.height}
          orientation={orientation}
          field={field}
          text={options.text}
          display={view?.getFieldDisplayProcessor(colIndex ?? 0)}
          theme={theme}
          itemSpacing={options.displayMode === BarGaugeDisplayMode.Lcd ? 2 : 10}
          displayMode={options.displayMode}
          alignmentFactors={alignmentFactors}
          showUnfilled={options.showUnfilled}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
        />
      </div>
    );
  };
  return (
    <VizRepeater
      source={frames}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      getValues={() => displayValues(props)}
      renderValue={renderValue}
      renderCounter={0}
      width={width}
      height={height}
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      maxVizHeight={options.maxVizHeight}
      itemSpacing={options.displayMode === BarGaugeDisplayMode.Lcd ? 2 : 10}
      orientation={options.orientation}
    />
  );
}
