import { type FieldDisplay, getFieldDisplayValues } from "@grafana/data";
import { fieldConfig } from "./fields";
import type { PanelProps } from "./panel-props";

/** The numbers that a panel shows of its data: one for each series, or one for each row. */
export function displayValues(
  { panel, frames, replaceVariables, theme, timeZone }: PanelProps,
  more: { readonly sparkline?: boolean; readonly percentChange?: boolean } = {},
): FieldDisplay[] {
  return getFieldDisplayValues({
    fieldConfig: fieldConfig(panel),
    reduceOptions: { calcs: ["lastNotNull"], ...panel.options?.reduceOptions },
    replaceVariables,
    theme,
    data: frames,
    timeZone,
    ...more,
  });
}
