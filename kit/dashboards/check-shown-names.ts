import type { AnnotationQuery, MatcherConfig, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import { hasVariable } from "../queries/grafana-variables";
import { suggestion } from "../queries/matching";
import type { Series } from "../queries/series";
import { type Answer, type Columns, columnsOf, hasColumn } from "./columns";
import { checkLabelNames, labelsInBraces, labelsOfField } from "./label-names";
import { transform } from "./transformations";

/** Faults of the labels and columns that a panel's legends, links, transformations and overrides name. */
export function checkShownNames(panel: Panel, answers: readonly Answer[], place: string): Fault[] {
  return [...answers.flatMap((answer) => checkLegend(answer, place)), ...checkFields(panel, answers, place)];
}

/** Faults of the labels that the texts of an annotation name. */
export function checkAnnotationTexts(
  { titleFormat = "", textFormat = "", tagKeys = "" }: AnnotationQuery,
  series: readonly Series[] | undefined,
  place: string,
): Fault[] {
  const texts = { titleFormat, textFormat, tagKeys };
  return Object.entries(texts).flatMap(([field, text]) => {
    const names = field === "tagKeys" ? text.split(",").filter((name) => name !== "") : labelsInBraces(text);
    return checkLabelNames(names, series, { place: `${place}: ${field}`, text });
  });
}

function checkLegend({ target, series }: Answer, place: string): Fault[] {
  const { refId, legendFormat = "" } = target;
  const at = { place: `${place}: query ${refId}: legend`, text: legendFormat };
  return checkLabelNames(labelsInBraces(legendFormat), series, at);
}

function checkFields(panel: Panel, answers: readonly Answer[], place: string): Fault[] {
  const { defaults = {}, overrides = [] } = panel.fieldConfig ?? {};
  const { columns, missing } = transform(columnsOf(answers), panel.transformations ?? []);
  const renamed = overrides.flatMap(({ properties }) => properties.filter(({ id }) => id === "displayName"));
  const shown = { ...columns, names: [...columns.names, ...renamed.map(({ value }) => String(value))] };
  return [
    ...checkLinks(defaults, answers, place),
    ...missing.map((one) => columnFault(`${place}: transformation "${one.transformation}"`, one.name, one.columns)),
    ...overrides.flatMap(({ matcher }) => checkColumns(namesOf(matcher), columns, `${place}: override`)),
    ...checkColumns(columnsRead(panel.fieldConfig), shown, `${place}: link`),
    ...checkColumns(columnsSorted(panel.options), shown, `${place}: sorting`),
  ];
}

/** Each series has the links of the panel, so each series must have the labels that the links read. */
function checkLinks(defaults: object, answers: readonly Answer[], place: string): Fault[] {
  const names = labelsOfField(JSON.stringify(defaults));
  return answers.flatMap(({ target, series }) =>
    checkLabelNames(names, series, {
      place: `${place}: query ${target.refId}: link`,
      text: names.map((name) => `\${__field.labels.${name}}`).join(" "),
    }),
  );
}

function namesOf({ id, options }: MatcherConfig): string[] {
  if (id === "byName") return [String(options)];
  return id === "byNames" ? (options?.names ?? []) : [];
}

/** The columns of the same row that links read: `${__data.fields.pod}`, `${__data.fields["Value #A"]}`. */
function columnsRead(fieldConfig: unknown): string[] {
  const text = JSON.stringify(fieldConfig ?? {});
  const read = text.matchAll(/\$\{__data\.fields(?:\.([\w ]+)|\[\\*["'](.+?)\\*["']\])/g);
  return [...read].map(([, name, quoted]) => name ?? quoted ?? "");
}

function columnsSorted(options: Panel["options"]): string[] {
  const sorted: readonly Record<string, string>[] = options?.sortBy ?? [];
  return sorted.flatMap(({ displayName }) => displayName ?? []);
}

function checkColumns(names: readonly string[], columns: Columns, place: string): Fault[] {
  const missing = [...new Set(names)].filter((name) => !hasVariable(name) && !hasColumn(columns, name));
  return missing.map((name) => columnFault(place, name, columns));
}

function columnFault(place: string, name: string, { names }: Columns): Fault {
  return { place, rule: `names the column "${name}", which the panel lacks`, remedy: suggestion(name, names) };
}
