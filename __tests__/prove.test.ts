import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectedText, foundText, unmetText } from "../commands/prove/finding";
import { namedAlerts } from "../commands/prove/named-alerts";
import { coloured, plain } from "../commands/prove/paint";
import { playAlerts } from "../commands/prove/play-alerts";
import { hasPassed, type PlayedScenario } from "../commands/prove/played-scenario";
import { columnsFor, plot, timeAxis } from "../commands/prove/plot";
import { alertHeader, scenarioReport } from "../commands/prove/report";
import type { Run } from "../commands/run-tool";
import { type Alert, type AlertForm, alert } from "../kit/alerts/alert";
import { count, type Limit, ratio, roundedText } from "../kit/alerts/limit";
import { gone, holds, samples } from "../kit/alerts/stories/samples";
import { blip, fires, lowTraffic, type Scenario, silent } from "../kit/alerts/stories/scenario";
import { lasting } from "../kit/alerts/stories/story-time";
import { catalogue } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import { source } from "../kit/metrics/metric";
import { promql } from "../kit/queries/query";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { until } from "./logs/program";
import { givenFiles } from "./team/config-files";
import { projectCopy } from "./team/project-copy";
import { describeWith } from "./tools";

const job: Job = {
  name: "shop",
  team: "shop",
  scrapedBy: "ServiceMonitor",
  port: "http",
  path: "/metrics",
  intervalSeconds: 15,
  timeoutSeconds: 10,
  labels: { job: { values: ["shop"] } },
  sample: {},
};
const { gauge } = source(job, { zone: { open: "the cloud names them" } });
const till = gauge("till", ["zone"], { help: "Coins in the till.", sample: { zone: "a" } });
const visitors = gauge("visitors", ["zone"], { help: "Visitors of the shop.", sample: { zone: "a" } });
const shop = catalogue([{ till, visitors }], []);
const publication = { environment: "test", runbookBaseUrl: "https://shop.test/runbooks" };

type Form = AlertForm & { readonly above: Limit };

const rush = fires({
  given: [samples(till, [holds(4, "5m"), holds(20, "15m"), holds(4, "5m")])],
  onset: "5m",
  after: lasting("-15s"),
  by: lasting(),
  resolves: { after: "14m45s", by: "15m" },
});

const form: Form = {
  name: "TillFull",
  group: "shop",
  severity: "warning",
  service: "shop",
  team: "shop",
  measure: promql`max by (zone) (${till})`,
  above: count(10),
  on: ["zone"],
  for: "5m",
  summary: "The till is full.",
  description: "The till is full.",
  scenarios: { "a rush": rush },
};

describeWith("promtool", "a scenario that promtool played", (promtool) => {
  test("is drawn with its measure, its limit, what the alert does, and what is expected", () => {
    const { played } = play(promtool, form);
    expect(scenarioReport(alert(form), played, { width: 80, paint: plain })).toBe(
      `passed  a rush
           20 │          ██████████████████████████████
           10 ┤╌╌╌╌╌╌╌╌╌╌██████████████████████████████╌╌╌╌╌╌╌╌╌╌╌
              │          ██████████████████████████████
              │▂▂▂▂▂▂▂▂▂▂██████████████████████████████▂▂▂▂▂▂▂▂▂▂▂
            0 │███████████████████████████████████████████████████
        alert │··········░░░░░░░░░░████████████████████···········
     expected │····················█                  █·
               0         5m        10m       15m       20m
  expected     silent until 9m45s, firing by 10m, still firing at 19m45s,
               resolved by 20m, never fires for zone="bystander" (nothing is
               wrong there)
  found        pending from 5m, firing from 10m to 20m; highest value 20, limit
               10`,
    );
  });

  test("has colours where they are wanted, and no other difference", () => {
    const { played } = play(promtool, form);
    const report = (paint: typeof plain) => scenarioReport(alert(form), played, { width: 80, paint });
    const text = report(coloured);
    expect(text).toContain("\u001b[32mpassed\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it begins the escape sequences of a terminal.
    expect(text.replaceAll(/\u001b\[\d+m/g, "")).toBe(report(plain));
  });

  test.each([60, 80, 200])("fits into %d columns", (width) => {
    const { played } = play(promtool, form);
    const lines = scenarioReport(alert(form), played, { width, paint: plain }).split("\n");
    expect(lines.filter(({ length }) => length > width)).toEqual([]);
  });

  const quiet = silent({ given: [samples(till, [holds(4, "10m")])] });
  const pause = { given: [samples(till, [holds(4, "5m"), holds(20, "2m"), holds(4, "5m")])] };

  test.each<[string, Partial<Form>, Scenario, unmet: string, found: string]>([
    [
      "a limit that is never reached",
      { above: count(30) },
      rush,
      "firing by 10m, still firing at 19m45s",
      "never pending, never fires; highest value 20, limit 30",
    ],
    [
      "a `for` that the trouble does not last for",
      { for: "20m" },
      { ...rush, after: "4m45s", by: "5m" },
      "firing by 10m, still firing at 19m45s",
      "pending from 5m to 20m, never fires; the condition holds for 14m45s at most, and `for` is 20m; highest value 20, limit 10",
    ],
    [
      "a `for` that is too short",
      { for: "30s" },
      { ...rush, after: "4m45s", by: "5m" },
      "silent until 9m45s",
      "pending from 5m, firing from 5m30s to 20m; highest value 20, limit 10",
    ],
    [
      "a condition that does not hold",
      { provided: promql`${visitors} > 5` },
      rush,
      "firing by 10m, still firing at 19m45s",
      "never pending, never fires; the measure is above the limit from 5m to 19m45s, but the condition `provided` does not hold; highest value 20, limit 10",
    ],
    [
      "a second measure that stays below the limit",
      { confirmedBy: promql`max by (zone) (${till}) / 4` },
      rush,
      "firing by 10m, still firing at 19m45s",
      "never pending, never fires; the measure is above the limit from 5m to 19m45s, but `confirmedBy` is not; highest value 20, highest value of `confirmedBy` 5, limit 10",
    ],
    [
      "a misspelt label value",
      { measure: promql`max by (zone) (${till}{zone="b"})` },
      { ...rush, alone: "the label is misspelt" },
      "firing by 10m, still firing at 19m45s",
      "never pending, never fires; the measure has no value",
    ],
    [
      "a measure that is absent in the trouble",
      {},
      { ...rush, given: [samples(till, [holds(4, "5m"), gone("15m"), holds(4, "5m")])], alone: "it is gone" },
      "firing by 10m, still firing at 19m45s",
      "never pending, never fires; the measure has no value from 5m to 20m; highest value 4, limit 10",
    ],
    [
      "a label that the expression does not keep",
      { measure: promql`max(${till})` },
      { ...rush, alone: "the label is lost" },
      "firing by 10m, still firing at 19m45s",
      "pending from 5m, firing from 10m to 20m; it fires without the label zone, which `on` names; highest value 20, limit 10",
    ],
    [
      "something else that fires too",
      { measure: promql`max by (zone) (${till}) or max by (zone) (${visitors})` },
      { ...rush, given: [...(rush.given as []), samples(visitors, [holds(20, "25m")], { zone: "b" })], alone: "two" },
      "silent until 9m45s, resolved by 20m",
      "pending from 0s, firing from 5m to the end; highest value 20, limit 10",
    ],
    [
      "a silent scenario that fires",
      { above: count(3) },
      quiet,
      "never fires",
      "pending from 0s, firing from 5m to the end; highest value 4, limit 3",
    ],
    [
      "a blip that does not cross the limit",
      { above: count(30) },
      blip(pause),
      "pending at least once",
      "never pending, never fires; highest value 20, limit 30",
    ],
    [
      "low traffic that does not cross the limit",
      { above: count(30), provided: promql`${visitors} > 5` },
      lowTraffic(pause),
      "the limit crossed at least once",
      "never pending, never fires; highest value 20, limit 30",
    ],
  ])("%s: the report describes what happened", (_, changed, scenario, unmet, found) => {
    const { broken, played } = play(promtool, { ...form, ...changed, scenarios: { story: scenario } });
    expect(hasPassed(played)).toBe(false);
    expect([unmetText(played), foundText(broken, played)]).toEqual([unmet, found]);
  });

  test("and silent scenarios that pass are described in the same way", () => {
    const { broken, played } = play(promtool, { ...form, scenarios: { quiet, pause: blip(pause) } }, "pause");
    expect(hasPassed(played)).toBe(true);
    expect(expectedText(played)).toBe("never fires, pending at least once");
    expect(foundText(broken, played)).toBe("pending from 5m to 7m, never fires; highest value 20, limit 10");
  });

  test("shows the values of what fires, not those of what its conditions leave out", () => {
    const given = [samples(till, [holds(20, "10m")]), samples(visitors, [holds(9, "10m")])];
    const other = samples(till, [holds(30, "10m")], { zone: "b" });
    const story = fires({ given: [...given, other], after: "4m45s", by: "5m", alone: "the zones are given" });
    const { broken, played } = play(promtool, { ...form, provided: promql`${visitors} > 5`, scenarios: { story } });
    expect(foundText(broken, played)).toBe("pending from 0s, firing from 5m to the end; highest value 20, limit 10");
  });

  test("may have values that are infinite", () => {
    const measure = promql`max by (zone) (${till} / ${visitors})`;
    const given = [samples(till, [holds(20, "10m")]), samples(visitors, [holds(0, "10m")])];
    const story = fires({ given, after: "4m45s", by: "5m", alone: "nobody comes" });
    const { broken, played } = play(promtool, { ...form, measure, scenarios: { story } });
    expect(foundText(broken, played)).toMatch(/highest value Infinity, limit 10$/);
  });

  test.each<[string, Partial<Form>, RegExp]>([
    ["`for` that is no duration", { for: "10" }, /^not a valid duration string/],
    [
      "an expression that is not PromQL",
      { measure: promql`max(${till}` },
      /could not parse expression: .* unclosed left parenthesis$/,
    ],
  ])("fails with %s, of which promtool runs nothing", (_, changed, error) => {
    const { played } = play(promtool, { ...form, ...changed });
    expect(hasPassed(played)).toBe(false);
    expect(played.errors).toEqual([expect.stringMatching(error)]);
  });

  test("shows why an expression cannot be evaluated", () => {
    const measure = promql`${till} / on () group_left () (${till} or ${visitors})`;
    const given = [samples(till, [holds(20, "10m")]), samples(visitors, [holds(20, "10m")], { zone: "b" })];
    const { broken, played } = play(promtool, {
      ...form,
      measure,
      scenarios: { story: silent({ given, alone: "one" }) },
    });
    expect(hasPassed(played)).toBe(false);
    expect(scenarioReport(broken, played, { width: 200, paint: plain })).toMatch(/^ {2}error .*duplicate series/m);
  });
});

function play(promtool: Run, changed: Form, title?: string): { broken: Alert; played: PlayedScenario } {
  const broken = alert(changed);
  const all = playAlerts(promtool, [broken], shop, publication).get(broken) ?? [];
  const played = all.find((one) => title === undefined || one.title === title);
  if (!played) throw new Error("the alert has no such scenario");
  return { broken, played };
}

test("the head of a report describes the alert, and names its panel and its runbook", () => {
  const provided = promql`${visitors} > 5`;
  const given = {
    alert: alert({ ...form, provided }),
    environment: "local",
    source: "alerts/shop/till-full.ts",
    panel: "Shop (shop): Coins",
  };
  expect(alertHeader(given, { width: 80, paint: plain })).toBe(
    `TillFull  warning, shop, in local
  measure      max by (zone) (till)
  provided     visitors > 5
  fires        while the measure is above 10, and \`provided\` holds, for 5m
  panel        Shop (shop): Coins
  runbook      missing
  source       alerts/shop/till-full.ts

  · silent  ░ pending  █ firing  ╌ limit  ✗ not as expected  ═ \`provided\` holds`,
  );
});

describe("a plot", () => {
  const drawn = (values: readonly (number | undefined)[], comparison: ">" | "<", limit: Limit) =>
    plot(values, { comparison, limit }, 4).map(({ label, cells }) => `${label}|${cells}`);

  test("reaches the line of the limit only where the value is above it", () => {
    expect(drawn([0, 5, 10, 10.1, 20, undefined], ">", count(10))).toEqual([
      "20|    █ ",
      "10|╌╌╌▁█╌",
      "|  ███ ",
      "0|▁████ ",
    ]);
  });

  test("reaches it where the value is not below a limit that it must not be below", () => {
    expect(drawn([1, 0, 0.5], "<", count(1))).toEqual(["1|▁╌╌", "|█  ", "|█ ▄", "0|█▁█"]);
  });

  test("leaves columns empty that have no value", () => {
    expect(drawn([undefined, Number.NaN], ">", ratio(0.5))).toEqual(["50 %|╌╌", "|  ", "|  ", "0 %|  "]);
  });

  test("repeats evaluations, or joins them, to fill the width", () => {
    expect(columnsFor(2, 5)).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
      [1, 2],
    ]);
    expect(columnsFor(5, 2)).toEqual([
      [0, 3],
      [3, 5],
    ]);
  });

  test("has times below it that do not touch", () => {
    expect(timeAxis(40, 30)).toBe("0         5m        10m       15m");
  });
});

test.each([
  [0.8244, "ratio", "82.4 %"],
  [1.35 * 2 ** 30, "bytes", "1.35 GiB"],
  [90, "seconds", "1.5 min"],
  [0.25, "seconds", "0.25 s"],
  [1_234_567, "count", "1,230,000"],
  [Number.POSITIVE_INFINITY, "count", "Infinity"],
] as const)("%d %s are written as %s", (value, unit, text) => {
  expect(roundedText(value, unit)).toBe(text);
});

describe("the alert that is meant", () => {
  const meant = (...names: string[]) =>
    namedAlerts([local, production], names).flatMap(({ environment, alerts }) =>
      alerts.map(({ title }) => `${environment.name}: ${title}`),
    );

  test("may be named by the beginning of its name, in any case, or share its name with others", () => {
    expect(meant("redismem", "ErpLogsMissing")).toEqual(["local: RedisMemoryHigh", "local: ErpLogsMissing"]);
    expect(meant("ErpErrorBudgetBurn")).toEqual(
      ["1h", "6h", "1d", "3d"].map((one) => `local: ErpErrorBudgetBurn ${one}`),
    );
  });

  test("is played in the first environment that has it", () => {
    expect(meant("ElasticsearchDown")).toEqual(["production: ElasticsearchDown"]);
  });

  test.each([
    ["RedisMemoryHihg", "There is no alert RedisMemoryHihg in local, production. Similar names:\n  RedisMemoryHigh"],
    ["inodes", "There is no alert inodes in local, production. Similar names:\n  NodeInodesLow\n  VolumeInodesLow"],
    [
      "NodeDisk",
      "There is no alert NodeDisk in local, production. Similar names:\n  NodeDiskAlmostFull\n  NodeDiskSaturated",
    ],
  ])("is not guessed for %s", (name, message) => {
    expect(() => meant(name)).toThrow(message);
  });

  test("is one of a list, when none is named", () => {
    expect(() => meant()).toThrow(/^Name an alert:\n {2}[A-Z]/);
  });

  test("is explained, where an environment does not have it", () => {
    expect(() => namedAlerts([local], ["ElasticsearchDown"])).toThrow(
      /^ElasticsearchDown is switched off:\n {2}local: /,
    );
  });
});

describeWith("promtool", "npm run prove", () => {
  const alertFile = join("alerts", "redis", "redis-memory-high.ts");
  let project: string;
  let watching: ChildProcess | undefined;
  beforeAll(() => {
    project = projectCopy(givenFiles);
  });
  afterAll(() => {
    watching?.kill("SIGINT");
    rmSync(project, { recursive: true });
  });

  const args = (...given: string[]) => ["--import", "tsx", join(project, "commands", "prove.ts"), ...given];
  const source = () => readFileSync(join(project, alertFile), "utf8");
  const write = (text: string) => writeFileSync(join(project, alertFile), text);

  test("names the panel and the runbook, and exits 0 if all scenarios pass", () => {
    const { stdout, status } = spawnSync(process.execPath, args("RedisMemoryHigh"), { cwd: project, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}panel +Redis \(erp-redis\): \w/m);
    expect(stdout).toMatch(/^ {2}runbook +docs\/runbooks\/RedisMemoryHigh\.md$/m);
    expect(stdout).toMatch(/^RedisMemoryHigh: 5 passed, 0 failed$/m);
    expect(stdout).not.toContain("\u001b");
  });

  test("--watch plays again after each save, also after one that cannot be read", async () => {
    const before = source();
    watching = spawn(process.execPath, args("RedisMemoryHigh", "--watch"), { cwd: project });
    const next = printedTexts(watching, "Waiting for a source file to be saved");
    expect(await next()).toContain("5 passed, 0 failed");
    write(before.replace("ratio(0.85)", "ratio(0.4)"));
    const failed = await next();
    expect(failed).toMatch(/^FAILED {2}\w/m);
    expect(failed).toMatch(/found {8}pending from 0s, firing from 10m to the end; highest value/);
    expect(failed).toMatch(/not met {6}silent until 14m45s/);
    write(before.replace("ratio(0.85)", "ratio(0.85"));
    expect(await next()).toMatch(/redis-memory-high\.ts:\d+:\d+: ERROR/);
    write(before);
    expect(await next()).toContain("5 passed, 0 failed");
  });
});

/** @returns a function that waits for the text up to the next occurrence of this end */
function printedTexts({ stdout, stderr }: ChildProcess, end: string): () => Promise<string> {
  let text = "";
  for (const stream of [stdout, stderr]) {
    stream?.on("data", (data) => {
      text += data;
    });
  }
  return async () => {
    await until(
      () => text.includes(end),
      () => text,
    );
    const at = text.indexOf(end) + end.length;
    const printed = text.slice(0, at);
    text = text.slice(at);
    return printed;
  };
}
