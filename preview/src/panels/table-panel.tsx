import { cacheFieldDisplayNames } from "@grafana/data";
import { TableNG } from "@grafana/ui/unstable";
import { EmptyPanel } from "./empty-panel";
import { fieldConfig } from "./fields";
import type { PanelProps } from "./panel-props";

/** The first table of the data. Grafana offers a choice where there are several. */
export function TablePanel(props: PanelProps) {
  const { panel, frames, range, width, height } = props;
  const [data] = frames;
  if (!data || data.length === 0) return <EmptyPanel {...props} />;
  // Its columns have the cached names, and fields without a cached name their original name.
  cacheFieldDisplayNames([data]);
  const { showHeader = true, cellHeight, sortBy, footer, frozenColumns } = panel.options ?? {};
  return (
    <TableNG
      data={data}
      width={width}
      height={height}
      noHeader={!showHeader}
      cellHeight={cellHeight}
      initialRowIndex={undefined}
      sortBy={sortBy}
      enablePagination={footer?.enablePagination ?? panel.options?.enablePagination}
      frozenColumns={frozenColumns?.left}
      timeRange={range}
      fieldConfig={fieldConfig(panel)}
      noValue={panel.fieldConfig?.defaults.noValue}
      structureRev={1}
    />
  );
}
