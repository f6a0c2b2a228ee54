import { type FieldDisplay, getDisplayValueAlignmentFactors, VizOrientation } from "@grafana/data";
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  DataLinksContextMenu,
  type DataLinksContextMenuApi,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import { displayValues } from "./display-values";
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
  const { panel, frames, range, theme, width, height } = props;
  const options = { ...usual, ...panel.options };
  const values = () =>
    displayValues(props, {
      sparkline: options.graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange,
    });
  const renderValue = (
    drawn: VizRepeaterRenderValueProps<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>,
  ) => {
    const { value, alignmentFactors, count } = drawn;
    const sparkline = value.sparkline && { ...value.sparkline, timeRange: range };
    const big = (menu?: DataLinksContextMenuApi) => (
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
        onClick={menu?.openMenu}
        className={menu?.targetClassName}
        percentChangeColorMode={options.percentChangeColorMode}
        disableWideLayout={!options.wideLayout}
      />
    );
    const { hasLinks, getLinks } = value;
    return (
      <div data-value>
        {hasLinks && getLinks ? <DataLinksContextMenu links={getLinks}>{big}</DataLinksContextMenu> : big()}
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
