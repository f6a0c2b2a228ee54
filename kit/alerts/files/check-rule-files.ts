import type { Fault } from "../../../faults";
import { evaluationSeconds } from "../../metrics/recording";
import { inSeconds } from "../../queries/duration";
import { suggestion } from "../../queries/matching";
import { checkPromql } from "../../queries/promql/check-promql";
import { queryFault } from "../../queries/query-finding";
import { repeatedNames } from "../../queries/repeated-names";
import { recordedSeries, type Series, type Vocabulary } from "../../queries/series";
import { checkLabelsRead, checkVariables } from "../check-alert";
import { checkTemplate } from "../check-texts";
import type { RuleFile, WrittenAlert, WrittenGroup, WrittenRecording, WrittenRule } from "./rule-file";

/** The names that rule files must not use again, and what their expressions can read. */
export interface RuleFileContext {
  /** Known metrics. Others may exist, with any labels. */
  readonly vocabulary: Vocabulary;
  /** Names of the alerts of the product. */
  readonly alerts: readonly string[];
  /** Names of the rule groups of the product. */
  readonly groups: readonly string[];
  /** Causes that `caused_by` may name. */
  readonly causes: readonly string[];
}

/** The reading of expressions about programs that the product does not know. */
const reading = { unknownMetrics: "open" } as const;

/** Faults of the rules in files. Their form is correct. */
export function checkRuleFiles(files: readonly RuleFile[], context: RuleFileContext): Fault[] {
  const vocabulary = addWrittenRecordings(context.vocabulary, files);
  return [
    ...checkGroupNames(files, context.groups),
    ...files.flatMap((file) =>
      file.groups.flatMap(({ rules }) =>
        rules.flatMap((rule) => checkRule(rule, `${file.path}: ${nameOf(rule)}`, { ...context, vocabulary })),
      ),
    ),
    ...files.flatMap((file) => checkRecordNames(file, context.vocabulary)),
  ];
}

/** The vocabulary with the series that the files record, as far as their labels are known. */
export function addWrittenRecordings(vocabulary: Vocabulary, files: readonly RuleFile[]): Vocabulary {
  const known = new Map(vocabulary);
  for (const { groups } of files) {
    for (const group of groups) {
      for (const rule of group.rules.filter((one) => "record" in one)) {
        if (!vocabulary.has(rule.record)) known.set(rule.record, withRecording(known, rule, group));
      }
    }
  }
  return known;
}

/** The known series of a recording, and those of one more rule that records it. */
function withRecording(
  known: Vocabulary,
  { record, expr, labels = {} }: WrittenRecording,
  group: WrittenGroup,
): readonly Series[] {
  const interval = group.interval === undefined ? evaluationSeconds : inSeconds(group.interval);
  const recorded = recordedSeries(record, labels, checkPromql(expr, known, reading).series);
  return [...(known.get(record) ?? []), ...recorded.map((one) => ({ ...one, interval }))];
}

function nameOf(rule: WrittenRule): string {
  return "alert" in rule ? rule.alert : rule.record;
}

/** Two groups with one name cannot be distinguished in Prometheus' list of rules. */
function checkGroupNames(files: readonly RuleFile[], product: readonly string[]): Fault[] {
  const groups = files.flatMap((file) => file.groups.map(({ name }) => ({ name, place: file.path })));
  return repeatedNames(groups, product).map(({ name, place, other }) => ({
    place: `${place}: rule group`,
    rule: `must have a name that no other rule group has: ${other} has it too`,
    value: name,
    remedy: "begin the name with that of the team",
  }));
}

/** A series with the name of a metric would be mixed with that metric in every query of the product. */
function checkRecordNames({ path, groups }: RuleFile, product: Vocabulary): Fault[] {
  const recorded = groups.flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? rule.record : [])));
  const rule = "must have a name that no metric or recording of the product has";
  return [...new Set(recorded)]
    .filter((name) => product.has(name))
    .map((value) => ({ place: `${path}: record`, rule, value, remedy: "begin the name with that of the team" }));
}

function checkRule(rule: WrittenRule, place: string, context: RuleFileContext): Fault[] {
  const { findings, series = [] } = checkPromql(rule.expr, context.vocabulary, reading);
  return [
    ...findings.map((finding) => queryFault(`${place}: expr`, rule.expr, finding)),
    ...checkVariables(rule.expr, `${place}: expr`),
    ...("alert" in rule ? checkWrittenAlert(rule, findings.length > 0 ? [] : series, place, context) : []),
  ];
}

function checkWrittenAlert(
  { alert, labels, annotations }: WrittenAlert,
  series: readonly Series[],
  place: string,
  { alerts, causes }: RuleFileContext,
): Fault[] {
  const rule = "must have a name that no alert of the product has";
  const texts = [...Object.entries(labels), ...Object.entries(annotations)];
  return [
    ...(alerts.includes(alert)
      ? [{ place, rule, value: alert, remedy: "begin the name with that of the team, or change the alert in `alerts`" }]
      : []),
    ...texts.flatMap(([field, text]) => [
      ...checkTemplate(text, `${place}: ${field}`),
      ...checkLabelsRead(text, series, `${place}: ${field}`),
    ]),
    ...checkCausedBy(labels.caused_by, causes, place),
  ];
}

/** A misspelt cause would inhibit nothing. */
function checkCausedBy(given: string | undefined, causes: readonly string[], place: string): Fault[] {
  const named = (given ?? "").split(",").filter((cause) => cause !== "" && !cause.includes("{{"));
  return named
    .filter((cause) => !causes.includes(cause))
    .map((value) => {
      const rule = "must be a cause that an alert of the product reports";
      return { place: `${place}: caused_by`, rule, value, remedy: suggestion(value, causes) };
    });
}
