import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { addRecordings, recording } from "../kit/metrics/recording";
import { parseTemplate } from "../kit/queries/go-template";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { checkPromql } from "../kit/queries/promql/check-promql";
import { logql, promql } from "../kit/queries/query";
import { queryFault } from "../kit/queries/query-finding";
import { alternatives, matchedTexts } from "../kit/queries/regular-expression";
import { missingGroups, missingGroupsInJavaScript } from "../kit/queries/replacement";
import type { Label, Series, Vocabulary } from "../kit/queries/series";
import { describeWith } from "./tools";

const open = "for the test";
const target = { job: { values: ["shop"] }, pod: { open } };
const code = { pattern: "[1-5][0-9][0-9]" };
const vocabulary: Vocabulary = new Map(
  Object.entries({
    requests_total: [series("requests_total", "counter", { ...target, code, method: { values: ["GET", "POST"] } })],
    duration_bucket: [series("duration_bucket", "counter", { ...target, le: { values: ["0.5", "1.0", "+Inf"] } })],
    queue_length: [series("queue_length", "gauge", { ...target, queue: { values: ["mail", "reports"] } })],
    disk_bytes: [series("disk_bytes", "gauge", { ...target, zone: {} })],
    load_ratio: [
      series("load_ratio", "gauge", { ...target, zone: { open, named: ["east"] }, tier: { values: ["api"] } }),
      series("load_ratio", "gauge", { job: { values: ["node"] }, zone: { open, named: ["west"] }, tier: {} }),
    ],
    memory_bytes: [
      series("memory_bytes", "gauge", { ...target, container: { open, named: ["shop", "cart"], optional: true } }),
    ],
    allocated_total: [series("allocated_total", "counter", target)],
    freed_total: [series("freed_total", "counter", target)],
    newest_timestamp_seconds: [series("newest_timestamp_seconds", "gauge", target)],
    up: [series("up", "gauge", target), series("up", "gauge", { job: { values: ["node"] }, instance: { open } })],
  }),
);

test.each([
  ["sum(rate(request_total[5m]))", 'unknown metric "request_total"', 'did you mean "requests_total"?'],
  ['up{job="shp"}', '"job" is never "shp"', 'did you mean "shop"?'],
  ['queue_length{queu="mail"}', 'unknown label "queu"', 'did you mean "queue"?'],
  ['queue_length{queue="mal"}', '"queue" is never "mal"', 'did you mean "mail"?'],
  ['queue_length{queue=~"mail|report"}', '"queue" is never "report"', 'did you mean "reports"?'],
  ['queue_length{queue!="nail"}', '"queue" is never "nail"', 'did you mean "mail"?'],
  ['disk_bytes{zone="a"}', 'the values of "zone" are not declared', "as closed or open where disk_bytes is declared"],
  ['disk_bytes{zone=~"$zone"}', 'the values of "zone" are not declared', "declare the label as closed or open"],
  ['queue_length{queue=~"(?i)MAIL|RE(PORT|PORTS)"}', '"queue" is never "(?i)REPORT"', "reports"],
  ['queue_length{queue=~"ma(il|le)"}', '"queue" is never "male"', 'use one of "mail", "reports"'],
  ['queue_length{queue!~"mail|rep.rt"}', '"queue" is never "rep.rt"', "reports"],
  ['count(requests_total{code="5xx"})', '"code" is never "5xx"', "use a value that matches [1-5][0-9][0-9]"],
  ['count(requests_total{code="5000"})', '"code" is never "5000"', 'did you mean "500"?'],
  ['count(requests_total{code=~"2..|6.."})', '"code" is never "6.."', "use a value that matches [1-5][0-9][0-9]"],
  ['memory_bytes{container="web"}', '"web" is not a value of "container" that queries', '"shop", "cart"'],
  ['memory_bytes{container!~"shop|car[a-z]s"}', '"car[a-z]s" is not a value of "container"', "cart"],
  ["sum by (node) (queue_length)", 'groups by "node", which the operand lacks', 'use one of "job", "pod", "queue"'],
  ["sum without (podd) (queue_length)", 'groups by "podd", which the operand lacks', 'did you mean "pod"?'],
  ["queue_length / on (method) queue_length", 'joins on "method", which the left side lacks', "use "],
  [
    "queue_length * on (pod) group_left (zone) memory_bytes",
    'group_left takes "zone", which the right side lacks',
    "use ",
  ],
  [
    "queue_length / ignoring (queu) sum without (queue) (queue_length)",
    'ignores "queu", which neither side has',
    'did you mean "queue"?',
  ],
  ["sum by (pod) (queue_length) / sum(queue_length)", 'only the left side has the label "pod"', "aggregate both sides"],
  [
    'queue_length{queue="mail"} > queue_length{queue="reports"}',
    '"queue" is mail on the left and reports on',
    "name the common labels",
  ],
  ["up == 0 and sum(queue_length) > 5", "the two sides can never match: only the left side has the label", "on (…)"],
  ["requests_total > 5", "the raw value of the counter requests_total is used", "use its rate() or increase()"],
  ["5 < requests_total", "the raw value of the counter requests_total is used", "use its rate() or increase()"],
  ["scalar(requests_total) * 2", "the raw value of the counter requests_total is used", "use its rate()"],
  ["sum(requests_total)", "the raw value of the counter requests_total is used", "use its rate() or increase()"],
  ["sum_over_time(requests_total[5m])", "the raw value of the counter requests_total is used", "use its rate()"],
  ["requests_total or vector(0)", "the raw value of the counter requests_total is used", "use its rate()"],
  [
    "histogram_quantile(0.9, sum by (le) (duration_bucket))",
    "the raw value of the counter duration_bucket is used",
    "use its rate()",
  ],
  ["rate(queue_length[5m])", "rate() must not be used on a gauge: queue_length also falls", "use delta() or deriv()"],
  [
    "deriv(requests_total[5m])",
    "deriv() must not be used on a counter: requests_total restarts at 0",
    "use rate() or increase()",
  ],
  [
    "histogram_quantile(0.9, sum(rate(duration_bucket[5m])))",
    'histogram_quantile() needs the label "le"',
    "sum by (le, …)",
  ],
  [
    "histogram_quantile(95, rate(duration_bucket[5m]))",
    "the quantile must be from 0 to 1, and is 95",
    "write 0.95 for the 95th percentile",
  ],
  [
    "quantile_over_time(95, queue_length[5m])",
    "the quantile must be from 0 to 1, and is 95",
    "write 0.95 for the 95th percentile",
  ],
  ["quantile(-0.1, queue_length)", "the quantile must be from 0 to 1, and is -0.1", "write 0.95"],
  ["rate(requests_total[45s])", "a range of 45 s is shorter than 4 scrapes", "use at least [60s]"],
  ['rate(duration_bucket{le="1"}[5m])', '"le" is never "1": Prometheus writes it as a float', 'write "1.0"'],
  [
    'label_replace(queue_length, "q", "$1", "quee", "(.*)")',
    'label_replace reads "quee", which the operand lacks',
    'did you mean "queue"?',
  ],
  [
    'label_replace(queue_length, "class", "$1xx", "queue", "(.)..")',
    'label_replace inserts the group "1xx", which the regular expression lacks',
    "write ${1}xx, in TypeScript \\${1}xx",
  ],
  ['label_replace(queue_length, "q", "$2", "queue", "(?:a|b)(.*)")', 'inserts the group "2", which', "write $$ for"],
  [
    'label_replace(queue_length, "q", "a", "queue", "(?=a)")',
    "not a regular expression of RE2: invalid",
    "look-around",
  ],
  ['label_join(queue_length, "both", "-", "quee", "pod")', 'label_join reads "quee", which the operand lacks', "queue"],
  ["increase(sum(requests_total))", "a range is required here", "such as [5m]"],
  ["rate(requests_total)", "a range is required here", "such as [5m]"],
  ["max(queue_length[5m])", "one value at a time is required here, not a range", "put a function around it"],
  ["sum(queue_length", "not PromQL: the expression ends too early", "complete it"],
  ["rate(requests_total[1week])", "not PromQL: `1week` is not a duration", "such as `5m`"],
  ["sum(queue_length) bye (pod)", "not PromQL: unexpected `bye`", "correct the syntax"],
  ['rate(duration_bucket{le="0.6"}[5m])', '"le" is never "0.6"', 'use "0.5" or "1.0"'],
  [
    'queue_length{queue="mail",queue!="mail"}',
    'excludes every series: "queue" is always "mail" here',
    "remove this matcher, or the one that it contradicts",
  ],
  // Values that only another source has.
  ['load_ratio{job="shop",zone="west"}', '"west" is not a value of "zone" that queries', '"east"'],
  ['load_ratio{tier="api"}', 'the values of "tier" are not declared', "where load_ratio is declared"],
  [
    'queue_length{queue!~"mail|reports"}',
    'excludes every series: "queue" is always "mail" or "reports" here',
    "remove this matcher",
  ],
  [
    'memory_bytes{container="shop",container="cart"}',
    'excludes every series: "container" is always "shop" here',
    "remove this matcher",
  ],
  ['up{job="node",job="shop"}', 'excludes every series: "job" is always "node" here', "remove this matcher"],
  ['queue_length{queue=""}', '"queue" is never ""', 'use one of "mail", "reports"'],
  ["count by (__name__) (rate(requests_total[5m]))", 'groups by "__name__", which the operand lacks', "use "],
  ["requests_total + requests_total > 0", "the raw value of the counter requests_total is used", "use its rate()"],
  ["sum(requests_total) - sum(queue_length) > 0", "the raw value of the counter requests_total is used", "use its"],
])("%s is refused: %s", (expression, rule, remedy) => {
  const { findings } = checkPromql(expression, vocabulary);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.rule).toContain(rule);
  expect(findings[0]?.remedy).toContain(remedy);
});

test.each([
  "count(requests_total) > 5",
  "absent(requests_total)",
  "changes(requests_total[5m]) > 0",
  "requests_total unless requests_total offset 10m",
  'sum by (pod) (rate(requests_total{code=~"5.."}[1m])) / sum by (pod) (rate(requests_total[1m])) > 0.05',
  'histogram_quantile(0.99, sum by (le, job) (rate(duration_bucket{le!="+Inf"}[5m])))',
  'memory_bytes{container!=""} / on (pod) group_left () sum by (pod) (queue_length)',
  "sum by (container) (memory_bytes) / sum(queue_length)",
  "sum(rate(requests_total[5m])) or vector(0)",
  "sum(up) or vector(0)",
  "up == 0",
  "sum(up) > 0 and on () sum(requests_total) > 0",
  'up{instance!=""} == 0',
  'queue_length{queue=~"(mail|reports)"} + queue_length{queue!~".*il"}',
  'queue_length{queue=~"\\\\Qmail\\\\E"}',
  'memory_bytes{container=~"shop|",pod="a"}',
  'count(requests_total{code!~"[23].*"})',
  'label_replace(queue_length, "name", "$1", "queue", "(.*)") == on (name) label_replace(queue_length, "name", "mail", "", "")',
  "time() - max(timestamp(up)) < 60",
  "increase((max(requests_total) or 0 * absent(requests_total))[15m:1m]) > 4",
  'label_replace(queue_length, "class", "${1}xx $$5 $-", "queue", "([)(](?P<rest>.)).*")',
  'label_replace(queue_length, "rest", "$rest ${2} $0", "queue", "(a|b)(?P<rest>.*)")',
  'label_join(queue_length, "both", "$1", "queue", "pod")',
  "group by (pod) (requests_total) == 1",
  "# a comment\nsum(up)",
  // Redundant, but valid.
  'queue_length{queue=~"mail",queue!=""}',
  'queue_length{pod=~"a",pod!=""}',
  'queue_length{pod=~"a|b",pod!="c"}',
  'load_ratio{job="shop",zone!="west",tier="api"}',
  'load_ratio{zone=~"east|west",zone!="west"}',
  'memory_bytes{container=~"shop|",container!="cart"}',
  // Both counters restart together, and their difference is the present number.
  "allocated_total - freed_total > 5",
  "allocated_total - freed_total - freed_total > 5",
  "sum(allocated_total) - sum(freed_total)",
  // Whether an event was ever counted, on either side.
  "requests_total > 0 and on (pod) queue_length > 5",
  "requests_total != 0 unless on (pod) queue_length",
  // The name of the metric as a label: a selector has it, but a computed result does not.
  "count by (__name__) (up)",
  "queue_length * on (pod) group_left (__name__) memory_bytes",
  'label_replace(queue_length, "metric", "$1", "__name__", "(.*)")',
  'count by (__name__) ({__name__=~"queue_.*"})',
  // A point in time is a gauge; its speed shows whether a process keeps up.
  "rate(newest_timestamp_seconds[5m])",
])("%s is accepted", (expression) => {
  expect(checkPromql(expression, vocabulary).findings).toEqual([]);
});

test.each([
  'sum by (method) (rate(requests_total{job="$job",code=~"${code:regex}"}[$__rate_interval]))',
  "topk($limit, sum by ($group) (increase(requests_total[$__range])))",
  "max_over_time(queue_length[$__range:$__interval] offset $offset)",
  "histogram_quantile($quantile, sum by (le) (rate(duration_bucket[${__range_s}s])))",
  'sum(queue_length{pod=~"[[pod]]"})',
  "sum by (pod) (queue_length) $operator sum by (pod) (memory_bytes)",
  "queue_length ${operator} 5",
  "sum(queue_length) $op sum(up) > 5",
  "${aggregation} by (pod) (queue_length) > 5",
  "$function(requests_total[5m])",
  'queue_length{$label="mail",[[label]]=~"m.*"}',
  'count_values("$label", queue_length) or on ($label) up',
  'sum by (name) (label_replace(queue_length, "$target", "$1", "$source", "(.*)"))',
  '{__name__="$metric"}',
  "queue_length > $limit",
])("%s is checked with the values that Grafana inserts", (expression) => {
  expect(checkPromql(expression, vocabulary).findings).toEqual([]);
});

/** Each mistake is one fault, and Prometheus refuses it too. */
const refusedByPrometheus = [
  // Regular expressions of JavaScript, and unfinished ones.
  'up{job=~"shop("}',
  'up{pod=~"(?!a)b"}',
  'up{pod!~"a**"}',
  'queue_length{queue=~"(?<!a)mail"}',
  // Escape sequences of regular expressions that are not doubled.
  'queue_length{queue=~"\\w+"}',
  "queue_length{queue=~'\\w+'}",
  'queue_length{queue="\\xZZ"}',
  // Selectors of everything.
  '{job=~".*"}',
  '{job!="x"}',
  "{}",
  '{pod!~".+"}',
  'up{__name__="up"}',
  // Types and numbers of arguments.
  "sum(5)",
  "rate(5)",
  "topk(up)",
  "topk(5)",
  "sum(up, up)",
  "count_values(up)",
  'quantile_over_time("a", queue_length[5m])',
  "predict_linear(queue_length[5m])",
  "absent()",
  "clamp(up, 1)",
  "days_in_month(up, up)",
  "vector(up)",
  "scalar(5)",
  'label_replace(up, "a", "b")',
  'label_join(up, "a", 5, "pod")',
  'abs("a")',
  "sum_over_time(rate(requests_total[5m]))",
  "sum_over_time(rate(requests_total[5m])[5m])",
  // Operators.
  "1 > 2",
  'up > "a"',
  "up and 5",
  "up + bool up",
  "up == on (job) group_left () 1",
  "up and on (job) group_left () up",
  "queue_length * on (pod) group_left (pod) queue_length",
  // Durations and offsets.
  "max_over_time(up[5m:0s])",
  "changes(up[-5m])",
  "changes(up[99999999999y])",
  "sum(changes(up[5m]) offset 5m)",
  // Behind a feature flag.
  "limitk(2, up)",
  'sort_by_label(up, "pod")',
  "changes(up[5m] smoothed)",
  "up + fill (0) up",
];

describeWith("promtool", "synth refuses what Prometheus refuses", (promtool) => {
  let output = "";
  const folder = mkdtempSync(join(tmpdir(), "refused-"));
  const fileOf = (expression: string) => join(folder, `${refusedByPrometheus.indexOf(expression)}.yaml`);

  beforeAll(() => {
    for (const expr of refusedByPrometheus)
      writeFileSync(fileOf(expr), stringify({ groups: [{ name: "group", rules: [{ record: "a:b", expr }] }] }));
    ({ output } = promtool("check", "rules", "--lint=none", ...refusedByPrometheus.map(fileOf)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(refusedByPrometheus)("%s", (expression) => {
    expect(output).toContain(`${fileOf(expression)}: `);
    expect(checkPromql(expression, vocabulary).findings).toHaveLength(1);
  });
});

const refusedTemplates = [
  ...["{{", "{{ $value", "{{ $value }", '{{ printf "x }}', "{{ $value > 1 }}", "{{ 100% }}", "{{}}", "{{ 'ab' }}"],
  ...[
    "{{ $valu }}",
    "{{ $labels.pod | humanise }}",
    "{{ $labels.1a }}",
    "{{ $labels..a }}",
    "{{ $labels.a-b }}",
    "{{ 1x }}",
  ],
  ...[
    "{{ if $value }}x",
    "{{ if }}x{{ end }}",
    "{{ end }}",
    "{{ else }}",
    "{{ break }}",
    '{{ (printf "a" }}',
    "{{ 1 | 2 }}",
  ],
  ...["{{ if $value }}a{{ else }}b{{ else }}c{{ end }}", "{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}", '{{ "\\d" }}'],
];

const acceptedTemplates = [
  ...[
    "no template }}",
    "{{/* a comment */}}",
    "{{- $value -}}",
    "{{ .Labels.pod }}",
    "{{ lt $value -1.0 }}",
    "{{ . | len }}",
  ],
  ...[
    "{{ with $x := 1 }}{{ $x }}{{ else }}{{ $x }}{{ end }}",
    "{{ if $value }}a{{ else if true }}b{{ else }}c{{ end }}",
  ],
  ...['{{ range $i, $a := query "up" }}{{ $i }}{{ break }}{{ end }}', '{{ (query "up" | first).Value | humanize }}'],
  ...['{{ define "a" }}{{ . }}{{ end }}{{ template "a" $value }}', "{{ printf `}}` }}", '{{ printf "%.2f%%" $value }}'],
];

describeWith("promtool", "templates are accepted and refused as in Prometheus", (promtool) => {
  const all = [...acceptedTemplates, ...refusedTemplates];
  const folder = mkdtempSync(join(tmpdir(), "templates-"));
  const fileOf = (template: string) => join(folder, `${all.indexOf(template)}.yaml`);
  let output = "";

  beforeAll(() => {
    for (const text of all) {
      const rule = { alert: "A", expr: "up", annotations: { text } };
      writeFileSync(fileOf(text), stringify({ groups: [{ name: "group", rules: [rule] }] }));
    }
    ({ output } = promtool("check", "rules", "--lint=none", ...all.map(fileOf)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const names = { functions: ["first", "humanize", "query"], variables: ["labels", "value"] };

  test.each(all)("%s", (template) => {
    const refused = refusedTemplates.includes(template);
    expect(output.includes(`${fileOf(template)}: `)).toBe(refused);
    expect(parseTemplate(template, names).fault !== undefined).toBe(refused);
  });
});

describeWith("promtool", "the groups of a replacement", (promtool) => {
  test.each([
    ["(.)..", "$1xx", "", ["1xx"]],
    ["(.)..", "${1}xx", "4xx", []],
    ["(.)..", "$1-", "4-", []],
    ["(.)..", "$0", "404", []],
    ["(.)..", "$2", "", ["2"]],
    ["(.)(.).", "$01$2", "0", ["01"]],
    ["(?:.)(.).", "$1", "0", []],
    ["(?P<first>.).(?<last>.)", "$first/${last}/$3", "4/4/", ["3"]],
    ["[(4](.).", "$$$1 $-", "$0 $-", []],
    ["\\d(.).", "$1é$1", "0", ["1é"]],
  ])("are read as in Prometheus: %s with %s", (regex, replacement, value, missing) => {
    expect(missingGroups(regex, replacement)).toEqual(missing);
    const quoted = [replacement, "code", regex].map((text) => JSON.stringify(text)).join(", ");
    const test = {
      interval: "15s",
      input_series: [{ series: 'a{code="404"}', values: "1" }],
      promql_expr_test: [
        {
          expr: `label_replace(a, "class", ${quoted})`,
          eval_time: "0s",
          exp_samples: [{ labels: `a{class=${JSON.stringify(value)},code="404"}`, value: 1 }],
        },
      ],
    };
    const folder = mkdtempSync(join(tmpdir(), "replacement-"));
    const file = join(folder, "tests.yaml");
    writeFileSync(file, stringify({ rule_files: [], tests: [test] }));
    expect(promtool("test", "rules", file).failure).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["(.)..", "$1xx", "4xx", []],
    ["(.)..", "${1}xx", "${1}xx", ["{1}"]],
    ["(.)..", "$2", "$2", ["2"]],
    ["(.)(.).", "$12", "42", []],
    ["(.)..", "$$1", "$1", []],
    ["(?<first>.).(.)", "$<first>/$2", "4/4", []],
  ])("are read as in Grafana's renameByRegex: %s with %s", (regex, replacement, value, missing) => {
    expect("404".replace(new RegExp(regex), replacement)).toBe(value);
    expect(missingGroupsInJavaScript(regex, replacement)).toEqual(missing);
  });
});

test("variables of Grafana do not hide other faults", () => {
  const { findings } = checkPromql('sum by ($by) (rate(requests_total{cod="$code"}[$__interval]))', vocabulary);
  expect(findings.map(({ rule }) => rule)).toEqual(['unknown label "cod"']);
});

test.each([
  ['queue_length{$label="mail"} $operator upp', ['unknown metric "upp"']],
  ['$aggregation by ($label,podd) (queue_length{${label}="mail",quee="x"})', ['unknown label "quee"', "groups by"]],
  ["$function(sum by (pods) (queue_length))", ["groups by"]],
  ['up{job="shop",$label="a"} / on (zone, $label) up', ['joins on "zone"']],
])("the fault of %s shows the variable and not its placeholder", (expression, rules) => {
  const { findings } = checkPromql(expression, vocabulary);
  expect(findings.map(({ rule }) => rule)).toEqual(rules.map((rule) => expect.stringContaining(rule)));
  expect(JSON.stringify(findings.map((finding) => queryFault("panel", expression, finding)))).not.toMatch(/__|0\d/);
});

describe("a limit on a quantile", () => {
  // The highest finite bucket of `duration` ends at 1 s, and histogram_quantile returns that where the quantile is
  // beyond it. https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
  const quantile = "histogram_quantile(0.99, sum by (le, pod) (rate(duration_bucket[5m])))";

  test.each([
    `${quantile} > 1`,
    `${quantile} > 2`,
    `${quantile} >= 1.5`,
    `1 < ${quantile}`,
    `max(${quantile}) > 1`,
    `max_over_time(${quantile}[30m:1m]) > 1`,
    `1000 * ${quantile} > 1000`,
    `(${quantile} > 1) and on (pod) queue_length > 5`,
    'histogram_quantile(0.9, rate(duration_bucket{le!="1.0"}[5m])) > 0.5',
  ])("%s is refused, because it can never be exceeded", (expression) => {
    expect(checkPromql(expression, vocabulary).findings).toMatchObject([
      {
        rule: expect.stringMatching(
          /^the limit [\d.]+ can never be exceeded: .* at most [\d.]+, the last finite bucket/,
        ),
      },
    ]);
  });

  test.each([
    `${quantile} > 0.5`,
    `${quantile} >= 1`,
    `${quantile} < 2`,
    `sum(${quantile}) > 1`,
    `${quantile} * 2 > 1`,
    `${quantile} + on (pod) sum by (pod) (queue_length) > 1`,
    `count(${quantile}) > 1`,
    `(${quantile} or sum by (pod) (queue_length)) > 1`,
    `${quantile} > $limit`,
    'sum(rate(duration_bucket{le="+Inf"}[5m])) > 1',
  ])("%s is accepted", (expression) => {
    expect(checkPromql(expression, vocabulary).findings).toEqual([]);
  });

  test("is checked through a recording", () => {
    const recorded = recording({
      name: "pod:duration:p99",
      measure: promql`${quantile}`,
      help: "Slowest requests.",
      group: "durations",
      intervalSeconds: 60,
      sample: {},
    });
    const known = addRecordings(vocabulary, [recorded]);
    expect(checkPromql("pod:duration:p99 > 1", known).findings).toHaveLength(1);
    expect(checkPromql("pod:duration:p99 > 0.9", known).findings).toEqual([]);
  });
});

test("foreign metrics can be left open, and their known labels are still checked", () => {
  const check = (expression: string) =>
    checkPromql(expression, new Map(), { unknownMetrics: "open" }).findings.map(({ rule }) => rule);
  expect(check("sum by (a) (theirs) / on (a) rate(other[1s])")).toEqual([]);
  expect(check("sum by (a) (theirs) / on (b) other")).toEqual(['joins on "b", which the left side lacks']);
  expect(check("histogram_quantile(0.9, sum(rate(native_seconds[5m])))")).toEqual([]);
  expect(check("histogram_quantile(0.9, sum(rate(their_bucket[5m])))")).toEqual([
    'histogram_quantile() needs the label "le"',
  ]);
});

test("foreign queries can contain label values that we do not list, but no impossible value of a closed label", () => {
  const check = (expression: string) =>
    checkPromql(expression, vocabulary, { unknownMetrics: "open" }).findings.map(({ rule }) => rule);
  expect(check('memory_bytes{container="theirs"} + on (pod) disk_bytes{zone="a"}')).toEqual([]);
  expect(check('count(requests_total{code="5xx"})')).toEqual(['"code" is never "5xx"']);
});

test("a foreign job can be left open too", () => {
  const raw = checkPromql('requests_total{job="theirs"} / on (a) up{job="theirs"}', vocabulary, {
    unknownMetrics: "open",
  });
  expect(raw.findings).toEqual([]);
});

test("the labels of an expression are derived through its operators", () => {
  const names = (expression: string) =>
    checkPromql(expression, vocabulary).series?.map(({ labels }) => [...labels.keys()].sort());
  expect(names("sum by (queue) (queue_length) > 1 or vector(0)")).toEqual([["queue"], []]);
  expect(names('absent(queue_length{queue="mail",pod=~"a.*"})')).toEqual([["queue"]]);
  expect(names("queue_length * on (pod) group_left (container) memory_bytes")).toEqual([
    ["container", "job", "pod", "queue"],
  ]);
  expect(names("sum without (pod) (queue_length) * ignoring (queue, pod) up{job='shop'}")).toEqual([["job"]]);
  expect(names("topk by (pod) (1, queue_length)")).toEqual([["job", "pod", "queue"]]);
  expect(names('count_values("size", queue_length)')).toEqual([["size"]]);
});

test("a fault shows the expression with carets under the wrong part", () => {
  const expression = 'sum(rate(request_total{code="500"}[5m]))';
  const [finding] = checkPromql(expression, vocabulary).findings;
  expect(finding && queryFault("panel Errors", expression, finding)).toEqual({
    place: "panel Errors",
    rule: 'unknown metric "request_total"\n    sum(rate(request_total{code="500"}[5m]))\n             ^^^^^^^^^^^^^',
    remedy: 'did you mean "requests_total"?',
  });
});

test("a long expression is truncated around the wrong part", () => {
  const expression = `${"up + ".repeat(50)}upp + ${"up + ".repeat(50)}up`;
  const [finding] = checkPromql(expression, vocabulary).findings;
  const [, shown = "", caret = ""] = finding ? queryFault("rule", expression, finding).rule.split("\n") : [];
  expect(shown.length).toBeLessThan(120);
  expect(shown.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("upp");
});

test("an expression is checked again for another vocabulary, in which the same metric is different", () => {
  const findings = (known: Vocabulary) => checkPromql("sum by (queue) (rate(jobs_total[1m]))", known).findings;
  const jobs = series("jobs_total", "counter", { queue: {} });
  const rules = [
    jobs,
    { ...jobs, labels: new Map() },
    { ...jobs, kind: "gauge" as const },
    { ...jobs, interval: 60 },
  ].map((one) => findings(new Map([["jobs_total", [one]]])).map(({ rule }) => rule));
  expect(rules).toEqual([
    [],
    [expect.stringContaining('groups by "queue"')],
    [expect.stringContaining("rate() must not be used on a gauge")],
    [expect.stringContaining("shorter than 4 scrapes")],
  ]);
  expect(findings(new Map())).toMatchObject([{ rule: 'unknown metric "jobs_total"' }]);
});

describe("LogQL", () => {
  const logs = {
    labels: new Map<string, Label>([
      ["service", { values: ["shop", "mail"] }],
      ["level", { open }],
      ["app", { open, named: ["shop-api", "shop-worker"] }],
      ["stream", {}],
    ]),
    metadata: new Map([["request_id", { open }]]),
    fields: new Map([
      ["status", {}],
      ["took", {}],
    ]),
  };

  test.each([
    ['{servce="shop"}', 'unknown label "servce"', 'did you mean "service"?'],
    ['{service="shp"}', '"service" is never "shp"', 'did you mean "shop"?'],
    ['{app=~"shop-api|shop-workers"}', '"shop-workers" is not a value of "app"', '"shop-worker"?'],
    ['{service="shop",stream="stdout"}', 'the values of "stream" are not declared', "in the vocabulary"],
    ['{request_id="1"}', '"request_id" is structured metadata', "filter the lines after the selector"],
    ['{service!="shop"}', "selects every stream", "name at least one label with a value that is not empty"],
    ['{service="shop"} | status >= 500', 'unknown label "status"', "put | json before it"],
    ['{service="shop"} | json | stats >= 500', 'unknown label "stats"', 'did you mean "status"?'],
    ['sum by (route) (rate({service="shop"} | json [5m]))', 'groups by "route", which the operand lacks', "use "],
    ['sum_over_time({service="shop"} | json | unwrap tok [5m])', 'unknown label "tok"', 'did you mean "took"?'],
    [
      'quantile_over_time(95, {service="shop"} | json | unwrap took [5m])',
      "the quantile must be from 0 to 1, and is 95",
      "write 0.95",
    ],
    ['rate({service="shop"}[5m]) / on (pod) rate({service="mail"}[5m])', 'joins on "pod"', "use "],
    [
      'rate({service="shop"}[5m]) / rate({service="mail"}[5m])',
      '"service" is shop on the left and mail on',
      "aggregate",
    ],
    [
      'label_replace(rate({service="shop"}[5m]), "class", "$1xx", "level", "(\\\\w).*")',
      'inserts the group "1xx", which the regular expression lacks',
      "write ${1}xx",
    ],
    ['{service="shop"} |= ', "not LogQL", "complete it"],
    ['{service=~".*"}', "selects every stream", "a value that is not empty"],
    ['{service=~"shop("}', "not a regular expression of RE2: missing closing )", "look-around"],
    ['{service="shop"} |~ "(?!a)b"', "not a regular expression of RE2: invalid or unsupported Perl syntax", "look-"],
    ['{service="shop"} !~ "a" or "b["', "not a regular expression of RE2: missing closing ]", "correct it"],
    ['{service="shop"} |~ "\\d"', "unknown escape sequence \\d", "write \\\\d, or the text in backticks"],
    ['{service="shop"} | regexp "(a)"', "`regexp` needs a named group", "(?P<user>"],
    ['{service="shop"} | pattern "<_> ended"', "`pattern` needs a named capture", "<user>"],
    ['{service="shop"} | pattern "<user><path> ended"', "two captures must have text between", "between"],
    ['{service="shop"} | pattern "<user> <user>"', "the capture <user> must not be repeated", "<_>"],
    ['{service="shop"} |> "<_> by <user>"', "a filter must not name the capture <user>", "<_>"],
    ['{service="shop"} !> "ended" or "<_><_>"', "two captures must have text between", "between"],
    ['topk(0, sum by (level) (rate({service="shop"}[5m])))', "must be a whole number above 0, and is 0", "topk(5, …)"],
    ['bottomk(1.5, rate({service="shop"}[5m]))', "must be a whole number above 0, and is 1.5", "bottomk(5, …)"],
    ['sum(5, rate({service="shop"}[5m]))', "sum has no parameter", "remove"],
    ['sum_over_time({service="shop"}[5m])', "sum_over_time needs a number", "| unwrap"],
    ['count_over_time({service="shop"} | json | unwrap took [5m])', "count_over_time counts lines", "remove"],
    ['topk(sum by (level) (rate({service="shop"}[5m])))', "topk needs a parameter", "topk(5, …)"],
    ['{service="shop"} | line_format "{{ .level"', "{{ .level is not closed", "close it with }}"],
    ['rate({service="shop"}[5m]) by (level)', "rate has no grouping", "sum by"],
  ])("%s is refused: %s", (expression, rule, remedy) => {
    const { findings } = checkLogql(expression, logs);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.rule).toContain(rule);
    expect(findings[0]?.remedy).toContain(remedy);
  });

  test.each([
    '{service="shop"} |= "error" | request_id="1"',
    '{service=~"shop|mail"} | json | status >= 500 or took > 2s | __error__="" | line_format "{{.took}}"',
    'sum by (status) (count_over_time({service="shop"} | json status="code" [5m])) > 5 or vector(0)',
    'topk(5, sum by (level) (rate({service="$service"} | json | level=~"$level" [$__auto])))',
    '{service="shop"} | json | label_format seconds=took | keep seconds | seconds > 1 | __error__=""',
    '{service="shop"} | json | level="a" or status >= 500 | level="b"',
    '{service="shop"} | regexp "(?P<user>\\\\w+)" | user="a"',
    '{service="shop"} | pattern "<_> <user> <$name>" |> "<_> ended" | user="a"',
    '{service="shop"} | json | took > ${limit}',
    'sum(count_over_time({service="shop"}[5m])) > $limit',
    'sum(rate({service="shop"}[5m])) $operator sum(rate({service="shop"}[1h]))',
    'topk($limit, sum by (level) ($function({service="shop"}[5m])))',
    '$aggregation by (level) (rate({service="shop"}[5m]))',
    'quantile_over_time($quantile, {service="shop"} | json | unwrap $field [5m])',
    '{service="shop",$label="a"} | json | $field="b" | $field > 5 | keep $field, level | level="a"',
    '{service="shop"} | json | label_format $field=took | known="a"',
    '{service="shop"} |= $text',
    '{service="shop",level=~"a",level!=""}',
  ])("%s is accepted", (expression) => {
    expect(checkLogql(expression, logs).findings).toEqual([]);
  });

  test("a variable does not hide other faults", () => {
    const { findings } = checkLogql('{service="shop",$label="a"} | json | $field > 5 | stats > $limit', logs);
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown label "stats"']);
  });

  test("backticks in raw strings are written with an escape", () => {
    expect(logql`{service="shop"} |~ \`a\d\``.text).toBe('{service="shop"} |~ `a\\d`');
  });
});

describe("regular expressions", () => {
  test.each([
    ["a|b(c|d)e", ["a", "bce", "bde"]],
    ["/(boot|var/(pods|run))(/.*)?", ["/boot(/.*)?", "/var/pods(/.*)?", "/var/run(/.*)?"]],
    ["(?i)a|(?:b|)c", ["(?i)a", "(?i)bc", "(?i)c"]],
    ["(a|b)*c", ["(a|b)*c"]],
    ["[|(]a\\|b|c", ["[|(]a\\|b", "c"]],
    ["(?P<name>a|b)", ["(?P<name>a|b)"]],
    ["\\Qa|b\\E|c", ["\\Qa|b\\E|c"]],
    ["(0|1|2|3|4|5|6|7)".repeat(3), ["(0|1|2|3|4|5|6|7)".repeat(3)]],
  ])("%s is an alternative of %j", (regex, expected) => {
    expect(alternatives(regex)).toEqual(expected);
  });

  test.each([
    ["-1|[1-3][05]", ["-1", "10", "15", "20", "25", "30", "35"]],
    ["a\\.b", ["a.b"]],
    ["erp\\..+", undefined],
    ["[0-9]{4}", undefined],
    ["[^a]", undefined],
    ["[0-9][0-9][0-9][0-9]", undefined],
  ])("%s matches the texts %j", (pattern, expected) => {
    expect(matchedTexts(pattern)).toEqual(expected);
  });
});

describe("the promql tag", () => {
  test("keeps PromQL's own backslashes and writes one line", () => {
    expect(
      promql`up{pod=~"a\\.b"}
      > 0`.text,
    ).toBe('up{pod=~"a\\\\.b"} > 0');
  });

  test("keeps the meaning of a binary expression that is inserted into another one", () => {
    const sum = promql`a + b`;
    expect(promql`${sum} * 2`.text).toBe("(a + b) * 2");
    expect(promql`rate(${sum})`.text).toBe("rate(a + b)");
    expect(promql`${promql`sum(a)`} * 2`.text).toBe("sum(a) * 2");
  });

  test("never throws, for any inserted value", () => {
    expect(promql`rate(${undefined}[${NaN}])`.text).toBe("rate(undefined[NaN])");
  });
});

function series(metric: string, kind: Series["kind"], labels: Record<string, Label>): Series {
  return { kind, labels: new Map(Object.entries(labels)), open: false, interval: 15, metric };
}
