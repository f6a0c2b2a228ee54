import { anyOperator } from "../grafana-variables";
import { groupSeries } from "../grouping";
import { checkJoin, type Join } from "../join";
import { type Matcher, selectSeries, suggestion } from "../matching";
import { combineSeries, scaleSeries } from "../operator-units";
import type { QueryFinding, Report, Span } from "../query-finding";
import {
  computed,
  distinctSeries,
  dropBounds,
  dropNames,
  fingerprint,
  type Series,
  setUnit,
  splitByUnit,
  type Vocabulary,
} from "../series";
import { checkBound, checkQuantile, scaleBounds } from "./bounds";
import { checkTypes } from "./check-types";
import type { Expression, Operation } from "./expression";
import { anyResult, applyFunction, asGauges, setLabel } from "./functions";
import { metricNames } from "./metric-names";
import { parsePromql } from "./parse-promql";
import { aggregationUnit, readScalar } from "./units";

export interface CheckedQuery {
  readonly findings: readonly QueryFinding[];
  /** The groups of series of the expression; undefined if it is a number, or not PromQL. */
  readonly series: readonly Series[] | undefined;
}

/** Options for checking an expression, besides its vocabulary. */
export interface Reading {
  /** `open`: a metric that the vocabulary lacks may exist and have any label, and a label any value (other people's rules). @default "refused" */
  readonly unknownMetrics?: "refused" | "open";
  /** The smallest number of seconds that Grafana replaces `$__rate_interval` with. @default any number */
  readonly rateInterval?: number;
  /** Seconds between two scrapes of metrics that the vocabulary lacks. @default unknown, and ranges of them are not checked */
  readonly scrapeSeconds?: number;
}

/** The findings in an expression, and its result. */
export function checkPromql(text: string, vocabulary: Vocabulary, reading: Reading = {}): CheckedQuery {
  const asked = [...metricNames(text)].map((name) => `${name} ${fingerprint(vocabulary.get(name))}`);
  const question = [text, reading.unknownMetrics, reading.rateInterval, reading.scrapeSeconds, ...asked].join("\n");
  const known = sound.get(question);
  if (known) return known;
  const findings: QueryFinding[] = [];
  const report: Report = ({ from, to }, rule, remedy) => void findings.push({ from, to, rule, remedy });
  const root = parsePromql(text, report);
  // Functions with missing arguments have no result.
  const complete = root !== undefined && checkTypes(root, reading.unknownMetrics === "open", report);
  const series = complete ? new Inference(vocabulary, reading, report).infer(root) : undefined;
  if (root && series) refuseRaw(series, root, report);
  const checked = { findings, series };
  if (findings.length === 0) sound.set(question, checked);
  return checked;
}

/**
 * Results of expressions without findings, by text and vocabulary of their metrics, which are the same in most
 * environments. Other expressions are checked again, because a remedy may name any other metric.
 */
const sound = new Map<string, CheckedQuery>();

const slowest = "give the panel the `scrapeSeconds` of its slowest metric";

/** Number of scrapes that a range must span for a value at every evaluation, even if one scrape fails. */
const scrapesPerRange = 4;

type Groups = readonly Series[] | undefined;

class Inference {
  /** Differences of counters, from which another counter may be subtracted. */
  private readonly balances = new Set<Expression>();

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly reading: Reading,
    private readonly report: Report,
  ) {}

  /** The groups of an expression; undefined for numbers, strings, and text that Grafana inserts. */
  infer(expression: Expression): Groups {
    switch (expression.kind) {
      case "selector":
        return this.inferSelector(expression);
      case "range":
        return this.inferRange(expression);
      case "call":
        return this.inferCall(expression);
      case "aggregation":
        return this.inferAggregation(expression);
      case "binary":
        return this.inferBinary(expression);
      default:
        return undefined;
    }
  }

  private inferSelector(expression: Expression & { kind: "selector" }): readonly Series[] {
    const { name, matchers } = expression;
    checkSelective(expression, this.report);
    const known = name === undefined ? undefined : this.vocabulary.get(name);
    const foreign = this.reading.unknownMetrics === "open";
    if (known && !this.isOtherJob(known, matchers)) {
      const selected = selectSeries(known, matchers, this.report, { foreign });
      return selected.flatMap(splitByUnit).map((one) => ({ ...one, named: true }));
    }
    if (name !== undefined && !known && !foreign) {
      const at = { from: expression.from, to: expression.from + name.length };
      const remedy =
        name === "undefined"
          ? "declare the interpolated metric, or correct its key"
          : suggestion(name, [...this.vocabulary.keys()]);
      this.report(at, `unknown metric "${name}"`, remedy);
    }
    const { scrapeSeconds: interval } = this.reading;
    const unknown: Series = {
      labels: new Map(),
      open: true,
      kind: "unknown",
      named: true,
      ...(interval !== undefined && { interval }),
    };
    return selectSeries([{ ...unknown, ...(name !== undefined && { metric: name }) }], matchers, this.report);
  }

  /** Whether the matchers select a job that the vocabulary lacks, instead of one that exposes the metric. */
  private isOtherJob(known: readonly Series[], matchers: readonly Matcher[]): boolean {
    const strange: string[] = [];
    const jobs = matchers.filter(({ label }) => label === "job");
    const report: Report = (_, rule) => void strange.push(rule);
    if (this.reading.unknownMetrics === "open") selectSeries(known, jobs, report, { foreign: true });
    return strange.length > 0;
  }

  private inferRange({ of, length, subquery, from, to }: Expression & { kind: "range" }): Groups {
    const series = this.infer(of);
    const interval = Math.max(...(series ?? []).map((one) => one.interval ?? 0));
    const least = scrapesPerRange * interval;
    const completed = length === "$__rate_interval";
    const seconds = completed ? this.reading.rateInterval : length;
    if (!subquery && typeof seconds === "number" && seconds < least) {
      const rule = `a range of ${seconds} s is shorter than ${scrapesPerRange} scrapes, which are ${interval} s apart`;
      if (completed) this.report({ from, to }, `${length} can become ${seconds} s: ${rule}`, slowest);
      else this.report({ from, to }, rule, `use at least [${least}s]`);
    }
    return series;
  }

  private inferCall(expression: Expression & { kind: "call" }): Groups {
    const { name, operands } = expression;
    const values = operands.map((operand) => this.infer(operand));
    if (/^(histogram_quantile|quantile_over_time)$/.test(name)) checkQuantile(operands[0], this.report);
    if (name === "scalar") {
      if (values[0]) refuseRaw(values[0], expression, this.report);
      return undefined;
    }
    if (name === "vector" || (values.length === 0 && !/^(time|pi|start|end|step|range)$/.test(name))) return [nameless];
    const vector = values.find((value) => value !== undefined);
    return vector && distinctSeries(applyFunction(expression, vector, this.report));
  }

  private inferAggregation(expression: Expression & { kind: "aggregation" }): Groups {
    const { operator, operands, grouping, without } = expression;
    const values = operands.map((operand) => this.infer(operand));
    if (operator === "quantile") checkQuantile(operands[0], this.report);
    const series = values.at(-1)?.map((one) => setUnit(one, aggregationUnit(operator, one.unit)));
    if (!series) return undefined;
    const names = grouping ?? { from: expression.from, to: expression.to, labels: [], variable: false };
    const groups = groupSeries(series, names, without, this.report);
    if (operator === anyOperator) return anyResult(groups);
    if (/^(topk|bottomk|limitk|limit_ratio)$/.test(operator)) return series;
    if (/^(max|min|avg|quantile)$/.test(operator)) return groups;
    const result = dropBounds(groups);
    return distinctSeries(
      /^(count|group|count_values)$/.test(operator) ? asGauges(addCountedLabel(expression, result)) : result,
    );
  }

  private inferBinary(expression: Operation): Groups {
    const { operator, matching } = expression;
    const guards = /^(and|unless)$/.test(operator);
    const [left, right] = [expression.left, expression.right].map((side) =>
      guards ? this.inferGuard(side) : this.infer(side),
    );
    if (operator === anyOperator) return left || right ? anyResult([...(left ?? []), ...(right ?? [])]) : undefined;
    if (/^([=!]=|[<>]=?)$/.test(operator)) return this.inferComparison(expression, left, right);
    if (!left || !right) {
      const scaled = this.scale(expression, left, right);
      return scaled && dropNames(scaleBounds(expression, scaled));
    }
    const join = { left, right, ...(matching && { matching }) };
    if (operator === "or") return distinctSeries([...left, ...right]);
    if (guards) checkJoin(join, expression, this.report);
    if (operator === "unless") return asGauges(left);
    if (operator === "and") return left;
    return this.inferArithmetic(expression, join);
  }

  private inferComparison(expression: Operation, left: Groups, right: Groups): Groups {
    if (left) refuseRaw(left, expression.left, this.report);
    if (right) refuseRaw(right, expression.right, this.report);
    if (!left || !right) {
      checkBound(expression, left ?? right ?? [], this.report);
      const compared = this.scale(expression, left, right);
      return compared && asGauges(compared);
    }
    const join = { left, right, ...(expression.matching && { matching: expression.matching }) };
    checkJoin(join, expression, this.report);
    return asGauges(combineSeries(expression, join, this.report));
  }

  /** The vector if one side is a number. */
  private scale(expression: Operation, left: Groups, right: Groups): Groups {
    const vector = left ?? right;
    const scalar = { ...readScalar(left ? expression.right : expression.left), first: left === undefined };
    return vector && scaleSeries(expression, vector, scalar, this.report);
  }

  private inferArithmetic(expression: Operation, join: Join): readonly Series[] {
    checkJoin(join, expression, this.report);
    const joined = dropNames(dropBounds(combineSeries(expression, join, this.report)));
    if (this.isBalance(expression, join)) {
      this.balances.add(expression);
      return asGauges(joined);
    }
    const raw = [...join.left, ...join.right].find(({ kind }) => kind === "counter");
    return raw ? joined.map((one) => ({ ...one, kind: raw.kind, ...(raw.metric && { metric: raw.metric }) })) : joined;
  }

  /**
   * A counter minus others of the same target: they all restart together, so the difference is the current number.
   */
  private isBalance({ operator, left }: Operation, join: Join): boolean {
    const isCounter = (series: readonly Series[]) => series.every(({ kind }) => kind === "counter");
    return operator === "-" && isCounter(join.right) && (isCounter(join.left) || this.balances.has(left));
  }

  /** An operand of which only the existence matters. For it, `counter > 0` means that an event was counted at some time. */
  private inferGuard(expression: Expression): Groups {
    if (expression.kind !== "binary" || !/^(>|!=)$/.test(expression.operator)) return this.infer(expression);
    const { left, right } = expression;
    const counted = right.kind === "number" && right.value === 0 ? this.infer(left) : undefined;
    return counted ? asGauges(counted) : this.infer(expression);
  }
}

/** Prometheus refuses a selector that also matches series without any of its labels. */
function checkSelective(expression: Expression & { kind: "selector" }, report: Report): void {
  if (expression.selective) return;
  report(expression, "selects every series", "name the metric, or a label with a value that is not empty");
}

const nameless: Series = { labels: new Map(), open: false, kind: "gauge" };

function addCountedLabel({ operator, operands }: Expression & { kind: "aggregation" }, series: readonly Series[]) {
  const label = operands[0];
  if (operator !== "count_values" || label?.kind !== "string") return series;
  return series.map((one) => setLabel(one, label.value, computed));
}

/** The value of a counter depends on the start of its process. Only its change is meaningful. */
function refuseRaw(series: readonly Series[], at: Span, report: Report): void {
  const raw = series.find(({ kind }) => kind === "counter");
  if (raw) report(at, `the raw value of the counter ${raw.metric} is used`, "use its rate() or increase()");
}
