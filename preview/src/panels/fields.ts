import {
  applyFieldOverrides,
  type DataFrame,
  FieldConfigOptionsRegistry,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
  FieldType,
  type GrafanaTheme2,
  type InterpolateFunction,
} from "@grafana/data";
import type { PanelModel } from "../dashboard/model";

/** Options that every type of panel has. */
const standard = [
  "unit",
  "min",
  "max",
  "fieldMinMax",
  "decimals",
  "displayName",
  "noValue",
  "thresholds",
  "mappings",
  "links",
  "color",
  "filterable",
  "description",
];

/** Defaults that Grafana adds to the options of each type of panel. */
const usual: Readonly<Record<string, object>> = {
  timeseries: {
    lineWidth: 1,
    fillOpacity: 0,
    pointSize: 5,
    showPoints: "auto",
    drawStyle: "line",
    gradientMode: "none",
    spanNulls: false,
  },
};

/** Thresholds that Grafana uses if a panel has none: they colour the value of a stat. */
const usualThresholds = {
  mode: "absolute",
  steps: [
    { value: Number.NEGATIVE_INFINITY, color: "green" },
    { value: 80, color: "red" },
  ],
};

export function fieldConfig({ type, fieldConfig: given }: PanelModel): FieldConfigSource {
  const { defaults = {}, overrides = [] } = given ?? {};
  const color = type === "timeseries" ? "palette-classic" : "thresholds";
  return structuredClone({
    defaults: {
      color: { mode: color },
      thresholds: usualThresholds,
      ...defaults,
      custom: { ...usual[type], ...defaults.custom },
    },
    overrides,
  }) as FieldConfigSource;
}

/** Sets unit, colour and other options of each field by the defaults and overrides of the panel. */
export function applyFieldConfig(
  frames: readonly DataFrame[],
  panel: PanelModel,
  theme: GrafanaTheme2,
  replaceVariables: InterpolateFunction,
): DataFrame[] {
  const config = fieldConfig(panel);
  return applyFieldOverrides({
    data: [...frames],
    fieldConfig: config,
    fieldConfigRegistry: registry(config, panel.type),
    replaceVariables,
    theme,
  });
}

/** Each option that the panel sets, at its path. Grafana's own registry also contains their editors. */
function registry({ defaults, overrides }: FieldConfigSource, type: string): FieldConfigOptionsRegistry {
  const overridden = overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
  const custom = Object.keys(defaults.custom ?? {}).map((name) => `custom.${name}`);
  const ids = new Set([...standard, ...custom, ...overridden]);
  return new FieldConfigOptionsRegistry(() => [...ids].map((id) => property(id, type)));
}

function property(id: string, type: string): FieldConfigPropertyItem {
  const isCustom = id.startsWith("custom.");
  return {
    id,
    name: id,
    path: isCustom ? id.slice("custom.".length) : id,
    isCustom,
    editor: () => null,
    override: () => null,
    process: process(id),
    // The time axis of a graph takes none of the options of lines.
    shouldApply: (field) => !isCustom || type === "table" || field.type !== FieldType.time,
  };
}

/** Grafana stores the lowest threshold as `null`, and reads numbers that are texts. */
function process(id: string): FieldConfigPropertyItem["process"] {
  if (id === "thresholds") {
    return (value) =>
      value && {
        ...value,
        steps: value.steps.map((step: { value: number | null }) => ({
          ...step,
          value: step.value ?? Number.NEGATIVE_INFINITY,
        })),
      };
  }
  if (id === "displayName" || id === "noValue") {
    return (value, context) =>
      typeof value === "string" ? context.replaceVariables?.(value, context.field?.state?.scopedVars) : value;
  }
  return (value) => value;
}
