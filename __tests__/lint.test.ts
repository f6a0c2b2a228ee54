import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { execute } from "../commands/command";
import { lint } from "../commands/lint";
import { checks } from "../commands/lint/finding";
import { lintFiles } from "../commands/lint/lint-files";
import { signals } from "../signals";
import { everyChoice } from "./fixtures/choices";

const folder = mkdtempSync(join(tmpdir(), "lint-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(text: string, name = `${count++}.yaml`): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The findings as `<line> <check>: <rule>`. */
function found(path: string | readonly string[], interval?: string): string[] {
  const paths = typeof path === "string" ? [path] : path;
  return lintFiles(paths, interval).map(({ line, check, rule }) => `${line} ${check}: ${rule}`);
}

function ruleFile(rule: string): string {
  return file(`groups:\n  - name: one\n    rules:\n      - ${rule.replaceAll("\n", "\n        ")}\n`);
}

const text = "annotations: { summary: Something is wrong. }";

describe("a rule", () => {
  test.each<[string, string, string[], string?]>([
    [
      "with the rate of a gauge of a well-known program",
      `alert: A\nexpr: rate(node_memory_MemFree_bytes[5m]) > 0\n${text}`,
      ["5 gauge-as-counter: rate() must not be used on a gauge: node_memory_MemFree_bytes also falls"],
    ],
    [
      "with operands that never match, in the line of a block",
      `alert: A\nexpr: |\n  sum by (pod) (foo)\n    > on (node) sum by (node) (bar)\n${text}`,
      ['7 missing-label: joins on "node", which the left side lacks'],
    ],
    [
      "without le",
      "record: a:b\nexpr: histogram_quantile(0.9, sum by (job) (rate(a_bucket[5m])))",
      ['5 lost-bucket-label: histogram_quantile() needs the label "le"'],
    ],
    [
      "with a quantile outside of its range",
      "record: a:b\nexpr: quantile_over_time(95, a[5m])",
      ["5 quantile: the quantile must be from 0 to 1, and is 95"],
    ],
    [
      "with a range below four scrapes",
      "record: a:b\nexpr: sum(rate(a_total[1m]))",
      ["5 short-range: a range of 60 s is shorter than 4 scrapes, which are 30 s apart"],
      "30s",
    ],
    [
      "that does not parse",
      `alert: A\nexpr: sum(a\n${text}`,
      ["5 query-syntax: not PromQL: the expression ends too early"],
    ],
    [
      "in LogQL that does not parse",
      'record: a:b\nexpr: sum(rate({app="a"} |= [5m]))',
      [expect.stringMatching(/^5 query-syntax: not (PromQL|LogQL): /) as string],
    ],
    [
      "with a duration without a unit",
      `alert: A\nexpr: a > 1\nfor: 5\n${text}`,
      ["6 form: must be a duration of Prometheus: numbers with their units"],
    ],
    [
      "with a misspelt field",
      `alert: A\nexpr: a > 1\nfro: 5m\n${text}`,
      ["6 form: must have only fields that Prometheus knows, because it refuses the file"],
    ],
    [
      "with `for` in a recording rule",
      "record: a:b\nexpr: a\nfor: 5m",
      ["6 form: a recording rule must not have this field"],
    ],
    [
      "without a text",
      "alert: A\nexpr: a > 1",
      ["4 summary: must have a `summary` or a `description`: a notification would contain only the name of the alert"],
    ],
    [
      "with a variable of Grafana",
      `alert: A\nexpr: rate(a_total[$__rate_interval]) > 1\n${text}`,
      ["5 variable: must contain no variable of Grafana: a rule is evaluated as it is written"],
    ],
    [
      "with an unknown function in a template",
      'alert: A\nexpr: a > 1\nannotations:\n  summary: "{{ $value | humanise }}"',
      ['7 template: {{ $value | humanise }} calls "humanise", which is no function'],
    ],
    [
      "with a label that the expression lacks",
      'alert: A\nexpr: sum by (job) (a) > 1\nannotations:\n  summary: "{{ $labels.pod }}"',
      ['7 text-label: must not read the label "pod", which the expression lacks'],
    ],
  ])("%s is reported with its line", (...[, rule, expected, interval]) => {
    expect(found(ruleFile(rule), interval)).toEqual(expected);
  });

  test.each([
    [
      "a metric that nobody knows",
      `alert: A\nexpr: rate(my_requests_total{code=~"5.."}[5m]) / on (job) group_left my_limit > 1\nfor: 0\n${text}`,
    ],
    ["LogQL", `alert: A\nexpr: sum by (app) (rate({app="a"} |= "error" | json | level="error" [5m])) > 1\n${text}`],
    [
      "a raw timestamp, and a counter behind a rate",
      `alert: A\nexpr: time() - max(node_boot_time_seconds) < 600 and rate(node_cpu_seconds_total[5m]) > 0\n${text}`,
    ],
  ])("with %s is accepted", (_, rule) => {
    expect(found(ruleFile(rule), "30s")).toEqual([]);
  });

  test("that reads a recording of the file knows its labels", () => {
    const path = file(
      `groups:\n  - name: one\n    rules:\n      - record: job:a:rate5m\n        expr: sum by (job) (rate(a_total[5m]))\n      - record: pod:a:rate5m\n        expr: sum by (pod) (job:a:rate5m)\n`,
    );
    expect(found(path)).toEqual(['7 missing-label: groups by "pod", which the operand lacks']);
  });

  test("and a group are reported if they are written twice", () => {
    const rule = `      - alert: A\n        expr: a > 1\n        ${text}\n`;
    const path = file(`groups:\n  - name: one\n    rules:\n${rule}${rule}  - name: one\n    rules: []\n`);
    expect(found(path)).toEqual([
      "7 duplicate: must not be written twice",
      "10 duplicate: must have a name that no other group of the file has: Prometheus refuses the file",
    ]);
  });

  test("of an object of kind PrometheusRule, of a list and of a second document is checked", () => {
    const groups = [{ name: "one", rules: [{ record: "a:b", expr: "sum(" }] }];
    const object = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "a" },
      spec: { groups },
    };
    const list = { apiVersion: "v1", kind: "List", items: [object] };
    const path = file(`${stringify(object)}---\n${stringify(list)}`);
    expect(lintFiles([path]).map(({ check }) => check)).toEqual(["query-syntax", "query-syntax"]);
  });
});

describe("a dashboard", () => {
  const panel = { id: 1, type: "timeseries", title: "Requests", datasource: { type: "prometheus", uid: "x" } };
  const dashboard = (panels: readonly object[], more: object = {}) =>
    file(JSON.stringify({ uid: "a", title: "A", panels, ...more }, null, 1), `${count++}.json`);
  const asking = (expr: string, more: object = {}) => ({ ...panel, targets: [{ refId: "A", expr, ...more }] });

  test("whose queries are right is accepted", () => {
    const list = [{ type: "query", name: "job", query: "label_values(a, job)" }];
    const expr = 'sum by (pod) (rate(my_total{job=~"$job"}[$__rate_interval]))';
    expect(found(dashboard([asking(expr, { legendFormat: "{{pod}}" })], { templating: { list } }))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["a query of a gauge as a counter", asking("rate(node_load1[5m])"), "gauge-as-counter"],
    ["an unknown variable", asking('a{job="$jop"}'), "variable"],
    ["a legend whose label the result lacks", asking("sum by (pod) (a)", { legendFormat: "{{node}}" }), "text-label"],
    ["a panel without a query", { ...panel, targets: [] }, "no-query"],
    [
      "a query of logs that does not parse",
      { ...asking('{app="a"} |='), datasource: { type: "loki", uid: "x" } },
      "query-syntax",
    ],
  ])("with %s is reported at the panel", (_, content, check) => {
    const path = dashboard([content]);
    expect(lintFiles([path]).map((one) => one.check)).toEqual([check]);
    expect(lintFiles([path])[0]?.line).toBeGreaterThan(3);
  });

  test("with panels of another data source, texts and rows is accepted", () => {
    const sql = { ...panel, datasource: { type: "mysql" }, targets: [{ refId: "A", rawSql: "select 1" }] };
    expect(found(dashboard([sql, { id: 2, type: "text" }, { id: 3, type: "row", panels: [] }]))).toEqual([]);
  });

  test("with two panels of one id, or with the uid of another one, is reported", () => {
    const [one, other] = [dashboard([asking("a"), asking("b")]), dashboard([asking("a")])];
    const duplicate = lintFiles([one, other]).filter(({ check }) => check === "duplicate");
    expect(duplicate.map(({ file, place }) => [file, place])).toEqual([
      [one, "panel id"],
      [other, "uid of the dashboard"],
    ]);
  });
});

test.each([
  ["no-such-file.yaml", /^1 syntax: .*ENOENT/],
  [file("groups: [\n"), /^2 syntax: /],
  [file('{\n "panels": [,]\n}', "broken.json"), /syntax: /],
  [file("kind: Deployment\n"), /^1 form: must contain rule groups/],
])("the file %s is reported", (path, message) => {
  expect(found(path)).toEqual([expect.stringMatching(message)]);
});

test("the rules and dashboards of every fixture environment have no finding", () => {
  const paths = everyChoice.flatMap((environment) => {
    const { platform, erp, logs } = signals(environment);
    const groups = [...platform.rules, ...erp.rules];
    const models = [...platform.dashboards, ...erp.dashboards].map(({ model }) => model);
    return [
      file(stringify({ groups })),
      file(stringify({ groups: logs.rules })),
      ...models.map((model) =>
        file(JSON.stringify({ ...model, uid: `${environment.name}-${model.uid}` }, null, 1), `${count++}.json`),
      ),
    ];
  });
  expect(lintFiles(paths, "15s").map(({ file, ...rest }) => rest)).toEqual([]);
}, 120_000);

describe("the report", () => {
  const path = ruleFile("record: a:b\nexpr: sum by (a, (b)");

  async function printed(...args: string[]) {
    const lines: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const error = jest.spyOn(console, "error").mockImplementation((line) => lines.push(line));
    const code = await execute(lint, args);
    for (const spy of [log, error]) spy.mockRestore();
    return { code, text: lines.join("\n") };
  }

  test("as text names file, line, column, check and remedy, and the command exits with 1", async () => {
    const { code, text } = await printed(path);
    expect(code).toBe(1);
    expect(text).toMatch(
      new RegExp(
        `^${path}:5:15: group one: record a:b: expr: not PromQL: .* \\[query-syntax\\]\n {4}got .*\n {4}.*\n1 finding in 1 file$`,
      ),
    );
  });

  test("without findings exits with 0", async () => {
    expect(await printed(ruleFile("record: a:b\nexpr: sum(a)"))).toEqual({ code: 0, text: "0 findings in 1 file" });
  });

  test("as JSON has the fields of its page", async () => {
    const { version, findings } = JSON.parse((await printed("--json", path)).text);
    expect(version).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ file: path, line: 5, column: 15, check: "query-syntax" })]);
  });

  // https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html, sections 3.13, 3.27 and 3.49
  test("as SARIF has the required properties, and every result refers to its rule", async () => {
    const log = JSON.parse((await printed("--sarif", path)).text);
    expect(log.version).toBe("2.1.0");
    const [{ tool, results }] = log.runs;
    expect(tool.driver.name).toBeTruthy();
    expect(tool.driver.rules.map(({ id }: { readonly id: string }) => id)).toEqual(Object.keys(checks));
    for (const { ruleId, ruleIndex, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(message.text).toBeTruthy();
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(new URL(artifactLocation.uri, "file:///").protocol).toBe("file:");
      expect(region).toEqual({ startLine: 5, startColumn: 15 });
    }
    expect(results).toHaveLength(1);
  });

  test.each([
    [[], "Name at least one file of rules or dashboards."],
    [["--json", "--sarif", "a.yaml"], "Use either --json or --sarif."],
    [["--scrape-interval", "30", "a.yaml"], "--scrape-interval takes a duration such as `30s`, not `30`."],
  ])("is not printed for the arguments %j", async (args, message) => {
    expect(await printed(...args)).toEqual({ code: 1, text: message });
  });
});

test("the page lists every check", () => {
  const page = readFileSync("docs/lint.md", "utf8");
  const rows = Object.entries(checks).map(([id, text]) => `| \`${id}\` | ${text} |\n`);
  expect(page).toContain(rows.join(""));
});
