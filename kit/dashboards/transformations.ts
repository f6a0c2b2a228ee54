import type { DataTransformerConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import { type Columns, hasColumn } from "./columns";

interface Transformation {
  /** Columns that the options name. */
  names(options: Options): readonly unknown[];
  /** Columns among which the names are searched. @default the columns before the transformation */
  readonly input?: (columns: Columns) => Columns;
  /** Columns after the transformation. @default the columns before it */
  readonly result?: (columns: Columns, options: Options) => Columns;
}

// biome-ignore lint/suspicious/noExplicitAny: the options of each transformation have a different form
type Options = any;

/**
 * Known transformations of Grafana. After any other transformation, the columns are not known.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data/
 */
const transformations: Readonly<Record<string, Transformation>> = {
  organize: {
    names: ({ excludeByName, indexByName, renameByName }) =>
      [excludeByName, indexByName, renameByName].flatMap((named) => Object.keys(named ?? {})),
    result: rename,
  },
  joinByField: { names: ({ byField }) => [byField] },
  seriesToColumns: { names: ({ byField }) => [byField] },
  merge: { names: () => [] },
  limit: { names: () => [] },
  sortBy: { names: ({ sort = [] }) => sort.map(({ field }: Options) => field) },
  filterByValue: { names: ({ filters = [] }) => filters.map(({ fieldName }: Options) => fieldName) },
  convertFieldType: { names: ({ conversions = [] }) => conversions.map(({ targetField }: Options) => targetField) },
  filterFieldsByName: { names: ({ include, exclude }) => [...(include?.names ?? []), ...(exclude?.names ?? [])] },
  groupBy: { names: ({ fields = {} }) => Object.keys(fields), result: group },
  calculateField: { names: namesInCalculation, result: addCalculated },
  labelsToFields: {
    names: ({ valueLabel, keepLabels = [] }) => [valueLabel, ...keepLabels],
    input: (columns) => ({ ...columns, names: columns.labels, patterns: [] }),
    result: (columns) => add(columns, columns.labels),
  },
  extractFields: { names: ({ source }) => [source], result: open },
  partitionByValues: { names: ({ fields = [] }) => fields, result: open },
  groupingToMatrix: {
    names: ({ columnField, rowField, valueField }) => [columnField, rowField, valueField],
    result: open,
  },
};

/** A column that a transformation names, and that its input does not have. */
export interface MissingColumn {
  readonly transformation: string;
  readonly name: string;
  /** The columns of the input. */
  readonly columns: Columns;
}

/** The columns after all transformations, and the missing columns that a transformation names. */
export function transform(
  columns: Columns,
  configured: readonly DataTransformerConfig[],
): { readonly columns: Columns; readonly missing: readonly MissingColumn[] } {
  const missing: MissingColumn[] = [];
  const enabled = configured.filter(({ disabled }) => !disabled);
  const left = enabled.reduce((columns, { id, options = {} }) => {
    const known = transformations[id];
    if (!known) return open(columns);
    const input = known.input?.(columns) ?? columns;
    const names = known.names(options).filter((name) => typeof name === "string");
    const lacking = [...new Set(names)].filter((name) => !hasColumn(input, name));
    missing.push(...lacking.map((name) => ({ transformation: id, name, columns: input })));
    return known.result?.(columns, options) ?? columns;
  }, columns);
  return { columns: left, missing };
}

function rename(columns: Columns, { excludeByName = {}, renameByName = {} }: Options): Columns {
  const kept = columns.names.filter((name) => !excludeByName[name]);
  return { ...columns, names: [...kept, ...Object.values<string>(renameByName)] };
}

function group(columns: Columns, { fields = {} }: Options): Columns {
  const names = Object.entries<Options>(fields).flatMap(([name, { operation, aggregations = [] }]) =>
    operation === "groupby" ? [name] : aggregations.map((one: string) => `${name} (${one})`),
  );
  return { ...columns, names, patterns: [] };
}

function namesInCalculation({ reduce, binary, unary }: Options): readonly unknown[] {
  const operands = [binary?.left, binary?.right, unary?.fieldName];
  const matched = operands.map((one) => (one?.matcher?.id === "byName" ? one.matcher.options : one));
  return [...matched.filter((one) => typeof one === "string" && !/^-?[\d.]*$/.test(one)), ...(reduce?.include ?? [])];
}

function addCalculated(columns: Columns, { alias }: Options): Columns {
  return alias ? add(columns, [alias]) : open(columns);
}

function add(columns: Columns, names: readonly string[]): Columns {
  return { ...columns, names: [...columns.names, ...names] };
}

function open(columns: Columns): Columns {
  return { ...columns, open: true };
}
