import { type Logql, logql } from "../kit/queries/query";
import type { Lines, LogStore, Property } from "./log-store";
import { mark } from "./redaction";
import { failing } from "./streams";
import { logVocabulary } from "./vocabulary";

/** Grafana's variable for the time between two points of a panel. */
const step = "$__auto";

export const loki: LogStore<Logql> = {
  lines: selection,
  rate: (lines, by) => logql`sum by (${by}) (rate(${selection(lines)}${propertyLabel(by)} [${step}]))`,
  bytes: (lines, by) => logql`sum by (${by}) (bytes_rate(${selection(lines)}${propertyLabel(by)} [${step}]))`,
  mostFrequent: (lines, by) =>
    logql`topk(10, sum by (${by}) (count_over_time(${selection(lines)}${propertyLabel(by)} [${step}])))`,
  total: (lines, window) => logql`${count(lines, window)} or vector(0)`,
  share: (some, all, window) => logql`(${count(some, window)} or vector(0)) / ${count(all, window)}`,
  writers: (lines, window) =>
    logql`count(sum by (app) (count_over_time(${selection(lines)} [${window}]))) or vector(0)`,
};

function count(lines: Lines, window: string): Logql {
  return logql`sum(count_over_time(${selection(lines)} [${window}]))`;
}

function selection({ namespaces, app, apps, pod, contains, only, requestId, requestIds, task }: Lines): Logql {
  const [first, ...more] = namespaces;
  const stream = [
    more.length > 0 ? `namespace=~"${namespaces.join("|")}"` : `namespace="${first}"`,
    ...(app === undefined ? [] : [`app="${app}"`]),
    ...(apps === undefined ? [] : [`app=~"${apps}"`]),
  ];
  const filters = [
    ...(contains === undefined ? [] : [`|~ "${contains}"`]),
    ...(only === undefined ? [] : [conditions[only]]),
    ...(pod === undefined ? [] : [`| pod="${pod}"`]),
    ...(requestId === undefined ? [] : [`| request_id="${requestId}"`]),
    ...(requestIds === undefined ? [] : [`| request_id=~"${requestIds}"`]),
    ...(task === undefined ? [] : [`| json | task_name="${task}"`]),
  ];
  return logql`{${stream.join(",")}}${filters.map((filter) => ` ${filter}`).join("")}`;
}

const conditions: Readonly<Record<NonNullable<Lines["only"]>, string>> = {
  errors: `| ${failing}`,
  "without a level": '| level=""',
  redacted: `|= \`${mark}\``,
};

/**
 * Label filters that give every line a value of the property. A property that is only in the line itself is parsed from
 * it; a single line that is not JSON would otherwise make the whole query fail. A missing value becomes `none`, because
 * a panel would otherwise show a series without a name.
 */
function propertyLabel(property: Property): string {
  if (logVocabulary.labels.has(property)) return "";
  const read = logVocabulary.metadata.has(property) ? "" : " | json | drop __error__, __error_details__";
  return `${read} | label_format ${property}=\`{{ .${property} | default "none" }}\``;
}
