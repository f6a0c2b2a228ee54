import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Run } from "../../commands/run-tool";
import { ruleGroups } from "../../kit/alerts/rule-group";
import type { Recording } from "../../kit/metrics/recording";
import { inSeconds } from "../../kit/queries/duration";
import { metricNames } from "../../kit/queries/promql/metric-names";
import { parsePromql } from "../../kit/queries/promql/parse-promql";
import type { Environment } from "../../settings/environment";
import { contributions } from "../../subjects/listings";
import { evidenceSeries, type StoredSeries, selectedSeries } from "./evidence-series";

/** Minutes of samples before the evaluation of a query. */
const history = 40;

/** The series that Prometheus writes while alerts fire. */
const firing: readonly StoredSeries[] = ["Heartbeat", "ErpDown"].map((alertname) => ({
  metric: "ALERTS",
  labels: { alertname, alertstate: "firing", severity: alertname === "Heartbeat" ? "heartbeat" : "critical" },
  grows: false,
}));

/**
 * Evaluates each query with promtool, over the series of the evidence and the recordings of the environment.
 *
 * @returns promtool's errors for queries that fail or have no result
 */
export function unansweredQueries(promtool: Run, environment: Environment, queries: readonly string[]): string[] {
  const { catalogue } = contributions(environment);
  const recordings = recordingsReadBy(queries, catalogue.recordings);
  const read = new Set(
    [...queries, ...recordings.map(({ measure }) => measure.text)].flatMap((text) => [...metricNames(text)]),
  );
  const exposed = { metrics: catalogue.metrics, profile: environment.erp.httpMetrics };
  const selected = queries.flatMap((text) => selectedSeries(exposed, text));
  const series = [...evidenceSeries(exposed), ...selected, ...firing].filter(({ metric }) => read.has(metric));
  const folder = mkdtempSync(join(tmpdir(), "runbooks-"));
  try {
    const rules = ruleGroups([], recordings, { environment: "", runbookBaseUrl: "" });
    writeFileSync(join(folder, "rules.yaml"), stringify({ groups: rules }));
    const offsets = [...new Set(queries.map(offsetMinutes))];
    const files = offsets.map((offset) => {
      const asked = queries.filter((text) => offsetMinutes(text) === offset);
      const file = join(folder, `offset-${offset}.yaml`);
      writeFileSync(file, stringify(questions(offset, asked, series)));
      return file;
    });
    const { failure = "" } = promtool("test", "rules", ...files);
    return [...failure.matchAll(/expr: (".*"), time/g)].map(([, asked = ""]) => JSON.parse(asked));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A query that looks back a day is evaluated over only the series that it reads, because promtool keeps all samples in
 * memory.
 */
function questions(offset: number, queries: readonly string[], series: readonly StoredSeries[]) {
  const read = new Set(queries.flatMap((text) => [...metricNames(text)]));
  const given = offset === 0 ? series : series.filter(({ metric }) => read.has(metric));
  const minutes = history + offset;
  const values = new Map(given.map((one) => [notation(one), `${one.grows ? "0+1" : "1+0"}x${minutes}`]));
  const group = {
    interval: "1m",
    input_series: Array.from(values, ([series, values]) => ({ series, values })),
    promql_expr_test: queries.map((text) => ({
      expr: `count(${withoutLimit(text)}) > bool 0`,
      eval_time: `${minutes}m`,
      exp_samples: [{ labels: "{}", value: 1 }],
    })),
  };
  return { ...(offset === 0 && { rule_files: ["rules.yaml"] }), evaluation_interval: "1m", tests: [group] };
}

/** The recordings that queries read directly or through other recordings, in the order of their evaluation. */
function recordingsReadBy(queries: readonly string[], all: readonly Recording[]): readonly Recording[] {
  const read = new Set(queries.flatMap((text) => [...metricNames(text)]));
  const found = all.toReversed().filter(({ name, measure }) => {
    if (!read.has(name)) return false;
    for (const one of metricNames(measure.text)) read.add(one);
    return true;
  });
  return found.toReversed();
}

function notation({ metric, labels }: StoredSeries): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== "");
  const sorted = pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  return `${metric}{${sorted.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join()}}`;
}

/** The query without its comparison, which is false in a healthy system. */
function withoutLimit(text: string): string {
  const root = parsePromql(text, () => undefined);
  if (root?.kind !== "binary" || !/^[<>=!]/.test(root.operator) || root.right.kind !== "number") return text;
  return text.slice(root.left.from, root.left.to);
}

function offsetMinutes(text: string): number {
  const offsets = [...text.matchAll(/\boffset (\w+)/g)].map(([, time = ""]) => inSeconds(time) / 60);
  return Math.max(0, ...offsets);
}
