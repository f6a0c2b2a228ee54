import {
  type DataContextScopedVar,
  type DataFrame,
  type Field,
  getFieldDisplayName,
  type ScopedVars,
} from "@grafana/data";
import type { Bound } from "../variables/formats";

/**
 * The data that a link or a name refers to: `${__field.labels.pod}`, `${__series.name}`, `${__value.raw}`,
 * `${__data.fields.pod}`. https://grafana.com/docs/grafana/latest/panels-visualizations/configure-data-links/
 */
export function dataMacro(name: string, path: string | undefined, scoped: ScopedVars | undefined): Bound | undefined {
  const data = (scoped?.__dataContext as DataContextScopedVar | undefined)?.value;
  if (!data) return undefined;
  const { frame, field } = data;
  switch (name) {
    case "__field":
      return field && text(fieldText(field, frame, data.data, path));
    case "__series":
      return text(frame.name ?? (field && getFieldDisplayName(field, frame, data.data)));
    case "__value":
      return text(valueText(data, path));
    case "__data":
      return text(cellText(frame, data.rowIndex, path));
    default:
      return undefined;
  }
}

const text = (value: string | undefined): Bound => ({ value: value ?? "" });

function fieldText(
  field: Field,
  frame: DataFrame,
  frames: DataFrame[] | undefined,
  path = "displayName",
): string | undefined {
  const [, label] = /^labels\.["']?(.+?)["']?$/.exec(path) ?? /^labels\[["'](.+)["']\]$/.exec(path) ?? [];
  if (label !== undefined) return field.labels?.[label];
  if (path === "labels")
    return Object.entries(field.labels ?? {})
      .map(([key, value]) => `${key}="${value}"`)
      .join(", ");
  return path === "name" ? field.name : getFieldDisplayName(field, frame, frames);
}

function valueText(
  { field, frame, rowIndex, calculatedValue }: DataContextScopedVar["value"],
  path = "text",
): string | undefined {
  if (path === "time") {
    const time = frame.fields.find(({ type }) => type === "time")?.values[rowIndex ?? 0];
    return time === undefined ? undefined : String(time);
  }
  const raw = calculatedValue?.numeric ?? (rowIndex === undefined ? undefined : field?.values[rowIndex]);
  const shown = calculatedValue ?? field?.display?.(raw);
  if (path === "raw" || path === "numeric") return raw === undefined ? undefined : String(raw);
  return shown && `${shown.prefix ?? ""}${shown.text}${shown.suffix ?? ""}`;
}

function cellText(frame: DataFrame, row: number | undefined, path = ""): string | undefined {
  const [, name] = /^fields(?:\.|\[["']?)(.+?)(?:["']?\])?(?:\.(?:text|numeric))?$/.exec(path) ?? [];
  const field = frame.fields.find(
    (one, index) => getFieldDisplayName(one, frame) === name || one.name === name || String(index) === name,
  );
  return field && row !== undefined ? String(field.values[row]) : undefined;
}
