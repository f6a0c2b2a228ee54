import type { SyntaxNode } from "@lezer/common";
import { parseTemplate } from "../go-template";
import { dropLabels, keepLabels } from "../grouping";
import { isSelective, selectSeries, suggestion } from "../matching";
import { nearest } from "../nearest";
import type { Report } from "../query-finding";
import { computed, type Label, labelNames, lacks, type Series } from "../series";
import { descendants, isVariable, parseMatcher, parseNames, type Source, stringOf, textOf } from "./logql-syntax";
import { templateFunctions, templateWords } from "./templates";

/** The vocabulary of log lines: labels of their streams, structured metadata, and the fields that `| json` takes out. */
export interface LogVocabulary {
  readonly labels: ReadonlyMap<string, Label>;
  readonly metadata: ReadonlyMap<string, Label>;
  /** The fields that `| json` finds in a line, by their names. @default `| json` may find any field */
  readonly fields?: ReadonlyMap<string, Label>;
  /** Whether lines may have other labels too, such as lines of other people's programs. @default false */
  readonly open?: boolean;
}

export interface Context {
  readonly source: Source;
  readonly vocabulary: LogVocabulary;
  readonly report: Report;
}

/** The lines of a log expression after each of its stages. */
export function inferLines(node: SyntaxNode, context: Context): readonly Series[] {
  const stages = descendants(node, /^(PipelineStage|Unwrap|Identifier|LabelFilter)$/).filter(
    ({ name, parent }) => name !== "Identifier" || parent?.name === "UnwrapExpr",
  );
  const start = inferStreams(node, context);
  return stages.reduce<readonly Series[]>((series, stage) => applyStage(series, stage, context), start);
}

/** Labels that Loki adds if a stage fails, and that no stage drops. */
const errors = ["__error__", "__error_details__"];

function inferStreams(node: SyntaxNode, { source, vocabulary, report }: Context): readonly Series[] {
  const { labels, metadata, open = false } = vocabulary;
  const selector = descendants(node, /^Selector$/)[0];
  const written = selector ? descendants(selector, /^Matcher$/) : [];
  const matchers = written.flatMap((one) => parseMatcher(one, source) ?? []);
  const strange = matchers.find(({ label }) => metadata.has(label) && !labels.has(label));
  if (strange) {
    const rule = `"${strange.label}" is structured metadata: no stream has it as a label`;
    report(strange, rule, `filter the lines after the selector: {…} | ${strange.label} …`);
  }
  if (selector && !matchers.some(isSelective) && matchers.length === written.length)
    report(selector, "selects every stream", "name at least one label with a value that is not empty");
  const known = matchers.filter((one) => one !== strange);
  const found = selectSeries([{ labels, open, kind: "gauge" }], known, report, { foreign: open });
  return found.map((one) => addLabels(one, [...metadata, ...errors.map((name): [string, Label] => [name, computed])]));
}

function applyStage(series: readonly Series[], stage: SyntaxNode, context: Context): readonly Series[] {
  const { source, vocabulary } = context;
  const does = stage.name === "PipelineStage" ? stage.lastChild : stage;
  if (!does) return series;
  const defineLabels = (kind: RegExp) => {
    const { labels, variable } = definedLabels(does, kind, source);
    return series.map((one) => ({ ...addLabels(one, labels), open: one.open || variable }));
  };
  switch (does.name) {
    case "LabelParser":
    case "LogfmtParser":
      return does.getChild("Json") && vocabulary.fields
        ? series.map((one) => addLabels(one, vocabulary.fields ?? []))
        : series.map((one) => ({ ...one, open: true }));
    case "JsonExpressionParser":
    case "LogfmtExpressionParser":
      return defineLabels(/^LabelExtractionExpression$/);
    case "LabelFormatExpr":
      checkTemplates(series, does, context);
      return defineLabels(/^LabelFormatMatcher$/);
    case "LineFormatExpr":
      checkTemplates(series, does, context);
      return series;
    case "KeepLabelsExpr": {
      const { labels, variable } = labelNamesIn(does, source);
      return series.map((one) => keepLabels(one, [...labels, ...errors], variable));
    }
    case "DropLabelsExpr":
      return series.map((one) => dropLabels(one, labelNamesIn(does, source).labels));
    case "LabelFilter":
      return filterLines(series, does, context);
    case "Identifier":
      return unwrapLabel(series, does, context);
    default:
      return series;
  }
}

/** Comparisons joined by `or` do not restrict lines that another comparison selects. */
function filterLines(series: readonly Series[], filter: SyntaxNode, context: Context): readonly Series[] {
  const either = descendants(filter, /^Or$/).length > 0;
  const compared = descendants(filter, /^(Matcher|NumberFilter|DurationFilter|BytesFilter|IpLabelFilter)$/);
  const known = compared.filter(({ firstChild }) => firstChild && isKnown(series, firstChild, context));
  const matchers = known
    .filter(({ name }) => name === "Matcher")
    .flatMap((one) => parseMatcher(one, context.source) ?? []);
  const foreign = context.vocabulary.open === true;
  if (!either) return selectSeries(series, matchers, context.report, { foreign });
  for (const one of matchers) selectSeries(series, [one], context.report, { foreign });
  return series;
}

function unwrapLabel(series: readonly Series[], label: SyntaxNode, context: Context): readonly Series[] {
  isKnown(series, label, context);
  return series.map((one) => dropLabels(one, [textOf(label, context.source)]));
}

function isKnown(series: readonly Series[], label: SyntaxNode, { source, vocabulary, report }: Context): boolean {
  const name = textOf(label, source);
  if (isVariable(label, source) || !lacks(series, name)) return true;
  const remedy = vocabulary.fields?.has(name) ? "put | json before it" : suggestion(name, labelNames(series));
  report(label, `unknown label "${name}"`, remedy);
  return false;
}

function checkTemplates(series: readonly Series[], stage: SyntaxNode, { source, vocabulary, report }: Context): void {
  const words = templateWords(textOf(stage, source));
  const called = words.filter(({ kind }) => kind === "function").map(({ name }) => name);
  for (const text of descendants(stage, /^String$/)) {
    // The function calls are checked below, where their place is known.
    const { fault } = parseTemplate(stringOf(text, source), { functions: called });
    if (fault) report(text, fault.rule, fault.remedy);
  }
  for (const { kind, name, from, to } of words) {
    const at = { from: stage.from + from, to: stage.from + to };
    if (isVariable(at, source)) continue;
    if (kind === "function" && !templateFunctions.includes(name)) {
      const close = nearest(name, templateFunctions);
      report(
        at,
        `unknown function "${name}" in this template`,
        close ? `did you mean ${close}?` : "use a function that Loki's templates have",
      );
    }
    if (kind === "label" && lacks(series, name)) {
      const remedy = vocabulary.fields?.has(name) ? "put | json before it" : suggestion(name, labelNames(series));
      report(at, `unknown label "${name}"`, remedy);
    }
  }
}

/** Names of the labels that a stage lists, and whether Grafana inserts more. */
function labelNamesIn(node: SyntaxNode, source: Source) {
  const { labels, variable } = parseNames(node, source);
  return { labels: labels.map(({ name }) => name), variable };
}

/** The labels that a stage defines, and whether Grafana inserts more names. */
function definedLabels(stage: SyntaxNode, kind: RegExp, source: Source) {
  const names = descendants(stage, kind).map((one) => one.firstChild ?? one);
  const known = names.filter((name) => !isVariable(name, source));
  const labels = known.map((name): [string, Label] => [textOf(name, source), computed]);
  return { labels, variable: known.length < names.length };
}

/** A stage may find a field in one line and not in another. */
function addLabels(series: Series, added: Iterable<readonly [string, Label]>): Series {
  const optional = [...added].map(([name, label]): [string, Label] => [name, { ...label, optional: true }]);
  return { ...series, labels: new Map([...optional, ...series.labels]) };
}
