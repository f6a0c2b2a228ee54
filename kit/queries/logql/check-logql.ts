import { parser } from "@grafana/lezer-logql";
import type { SyntaxNode } from "@lezer/common";
import { completeVariables } from "../grafana-variables";
import { groupSeries } from "../grouping";
import { checkJoin, type Matching } from "../join";
import { combineSeries, type Scalar, scaleSeries } from "../operator-units";
import type { CheckedQuery } from "../promql/check-promql";
import { anyResult } from "../promql/functions";
import { aggregationUnit } from "../promql/units";
import type { QueryFinding, Report, Span } from "../query-finding";
import { replacementFindings } from "../replacement";
import { computed, distinctSeries, type Series, setUnit } from "../series";
import { firstSyntaxError, syntaxFinding } from "../syntax-error";
import type { MaybeUnit } from "../units";
import { checkAggregation } from "./check-aggregation";
import { checkTexts } from "./check-texts";
import { type Context, inferLines, type LogVocabulary } from "./log-query";
import {
  descendants,
  isVariable,
  operand,
  parseMatcher,
  parseNames,
  type Source,
  stringOf,
  textOf,
} from "./logql-syntax";
import { type Operation, parseOperation } from "./operations";

/**
 * Findings in a LogQL expression, and the labels of its lines or series. The grammar is that of lezer-logql 0.3, the
 * last version for Node 20 to 22: it lacks `variants`, and `offset` after an unwrapped range.
 */
export function checkLogql(written: string, vocabulary: LogVocabulary): CheckedQuery {
  const findings: QueryFinding[] = [];
  const report: Report = ({ from, to }, rule, remedy) => void findings.push({ from, to, rule, remedy });
  const source = completeVariables(written, (text) => parser.parse(text));
  const { tree } = source;
  const broken = firstSyntaxError(tree.cursor());
  if (broken) findings.push(syntaxFinding(broken, written, "LogQL"));
  else checkTexts(tree.topNode, source, report);
  const series = broken ? undefined : new Inference({ source, vocabulary, report }).infer(tree.topNode);
  return { findings, series };
}

class Inference {
  private readonly source: Source;
  private readonly report: Report;

  constructor(private readonly context: Context) {
    this.source = context.source;
    this.report = context.report;
  }

  infer(node: SyntaxNode): readonly Series[] | undefined {
    switch (node.name) {
      case "LogExpr":
      case "LogRangeExpr":
        return inferLines(node, this.context);
      case "RangeAggregationExpr":
        return this.inferAggregation(node, "RangeOp");
      case "VectorAggregationExpr":
        return this.inferAggregation(node, "VectorOp");
      case "BinOpExpr":
        return this.inferOperation(parseOperation(node, this.source));
      case "LabelReplaceExpr":
        return this.replaceLabel(node);
      case "VectorExpr":
        return [{ labels: new Map(), open: false, kind: "gauge" }];
      case "LiteralExpr":
        return undefined;
      default:
        return node.firstChild ? this.infer(node.firstChild) : undefined;
    }
  }

  private inferAggregation(node: SyntaxNode, kind: "RangeOp" | "VectorOp"): readonly Series[] | undefined {
    const inner = operand(node);
    const operator = node.getChild(kind);
    const asked = inner && this.infer(inner);
    if (!operator || !asked) return asked;
    const name = textOf(operator, this.source);
    const series = asked.map((one) =>
      setUnit(one, kind === "VectorOp" ? aggregationUnit(name, one.unit) : unitOfLines(name, inner)),
    );
    const grouping = node.getChild("Grouping");
    const labels = grouping?.getChild("Labels");
    const by = labels ? parseNames(labels, this.source) : { from: node.from, to: node.to, labels: [], variable: false };
    const group = () => groupSeries(series, by, grouping?.getChild("Without") != null, this.report);
    if (isVariable(operator, this.source)) return anyResult(grouping ? group() : series);
    checkAggregation(node, name, this.source, this.report);
    this.checkQuantile(name, node.getChild("Number"));
    if (name === "absent_over_time") return [this.absentSeries(node)];
    if (/^(topk|bottomk|sort|sort_desc)$/.test(name) || (kind === "RangeOp" && !grouping)) return series;
    return group();
  }

  /** Keeps only the labels of equality matchers. */
  private absentSeries(node: SyntaxNode): Series {
    const matchers = descendants(node, /^Matcher$/).flatMap((one) => parseMatcher(one, this.source) ?? []);
    const exact = matchers.filter(({ operator }) => operator === "=");
    return {
      labels: new Map(exact.map(({ label, value }) => [label, { values: [value] }])),
      open: false,
      kind: "gauge",
      unit: "flag",
    };
  }

  private inferOperation(operation: Operation): readonly Series[] | undefined {
    const { operator, modifier, from, to } = operation;
    const written = { from, to, operator: textOf(operator, this.source), bool: modifier.getChild("Bool") !== null };
    const [left, right] = [operation.left, operation.right].map((side) =>
      "operator" in side ? this.inferOperation(side) : this.infer(side),
    );
    if (!left || !right) {
      const scalar = { ...this.readNumber(left ? operation.right : operation.left), first: left === undefined };
      const vector = left ?? right;
      return vector && scaleSeries(written, vector, scalar, this.report);
    }
    if (isVariable(operator, this.source)) return anyResult([...left, ...right]);
    const matching = this.parseMatching(modifier);
    const join = { left, right, ...(matching && { matching }) };
    if (operator.name === "Or") return distinctSeries([...left, ...right]);
    checkJoin(join, operation, this.report);
    return operator.name === "And" || operator.name === "Unless" ? left : combineSeries(written, join, this.report);
  }

  private readNumber(span: Span): Scalar {
    const value = Number(this.source.text.slice(span.from, span.to));
    return Number.isNaN(value) ? {} : { value };
  }

  private parseMatching(modifier: SyntaxNode): Matching | undefined {
    const clause = modifier.getChild("OnOrIgnoringModifier");
    const listed = clause?.getChild("GroupingLabels");
    if (!clause || !listed) return undefined;
    const include = modifier.getChild("GroupingLabels");
    const group = modifier.getChild("GroupLeft") ? "left" : modifier.getChild("GroupRight") ? "right" : undefined;
    return {
      on: clause.getChild("On") !== null,
      names: parseNames(listed, this.source),
      ...(group && { group }),
      ...(include && { include: parseNames(include, this.source) }),
    };
  }

  private replaceLabel(node: SyntaxNode): readonly Series[] | undefined {
    const inner = operand(node);
    const [target, replacement, , regex] = node.getChildren("String");
    const name = target ? stringOf(target, this.source) : "";
    if (replacement && regex) this.checkReplacement(replacement, stringOf(regex, this.source));
    return (
      inner &&
      this.infer(inner)?.map((one) => ({
        ...one,
        labels: new Map(one.labels).set(name, { ...computed, optional: true }),
      }))
    );
  }

  private checkReplacement(replacement: SyntaxNode, regex: string): void {
    for (const finding of replacementFindings(regex, stringOf(replacement, this.source))) {
      this.report(replacement, finding.rule, finding.remedy);
    }
  }

  private checkQuantile(operator: string, parameter: SyntaxNode | null): void {
    const value = parameter ? Number(textOf(parameter, this.source)) : 0;
    if (operator !== "quantile_over_time" || !parameter || (value >= 0 && value <= 1)) return;
    this.report(parameter, `the quantile must be from 0 to 1, and is ${value}`, "write 0.95 for the 95th percentile");
  }
}

/** The unit of a function's result for lines. The unit of an unwrapped number is unknown. */
function unitOfLines(name: string, lines: SyntaxNode): MaybeUnit {
  if (name === "absent_over_time") return "flag";
  if (descendants(lines, /^UnwrapExpr$/).length > 0) return undefined;
  const units: Readonly<Record<string, MaybeUnit>> = {
    rate: "perSecond",
    count_over_time: "count",
    bytes_rate: "bytesPerSecond",
    bytes_over_time: "bytes",
  };
  return units[name];
}
