import { type FieldDisplay, getFieldDisplayValues } from "@grafana/data";
import { fieldConfig } from "./fields";
import type { PanelProps } from "./panel-props";

interface DisplayOptions {
  /** Whether the history of each number is drawn too. @default it is not */
  readonly sparkline?: boolean;
  /** Whether the change since the beginning of the time is computed. @default it is not */
  readonly percentChange?: boolean;
}

/** The numbers that a panel shows: one for each series, or one for each row. */
export function displayValues(
  { panel, frames, replaceVariables, theme, timeZone }: PanelProps,
  options: DisplayOptions = {},
): FieldDisplay[] {
  return getFieldDisplayValues({
    fieldConfig: fieldConfig(panel),
    reduceOptions: { calcs: ["lastNotNull"], ...panel.options?.reduceOptions },
    replaceVariables,
    theme,
    data: frames,
    timeZone,
    ...options,
  });
}
