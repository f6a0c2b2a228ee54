import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { type Checked, profiles, type Session, startSession } from "../conformance/session";
import { type Variant, variants } from "../conformance/variants";
import { describeWithErp } from "../tools";

jest.setTimeout(600_000);

/** All rules, in the order in which they are checked. */
const rules = [
  "health-routes",
  "health-time",
  "metrics-format",
  "http-profile",
  "metric-names",
  "metric-types",
  "metric-labels",
  "metric-buckets",
  "request-id-kept",
  "request-id-replaced",
  "sentry-event",
  "sentry-secrets",
  "log-request",
  "metric-counters",
  "metric-series",
  "dependency-down",
  "shutdown",
  "log-schema",
  "log-secrets",
];

describeWithErp("the checks of an image", () => {
  let session: Session;
  let found: ReadonlyMap<Variant, Promise<Checked>> = new Map();

  beforeAll(async () => {
    session = await startSession();
    found = await session.checkVariants();
  });

  afterAll(async () => {
    await Promise.allSettled(found.values());
    await session?.end();
  });

  describe("find a broken variant of the reference ERP", () => {
    test.each(variants)("by $rule alone: $name", async (variant) => {
      const { code, report, text } = (await found.get(variant)) as Checked;
      const failed = report?.rules.filter(({ outcome }) => outcome === "failed").map(({ rule }) => rule);
      expect(failed ?? text).toEqual([variant.rule]);
      expect(code).toBe(1);
    });

    test("at least three times for each rule", () => {
      const few = rules.filter((rule) => variants.filter((variant) => variant.rule === rule).length < 3);
      expect(few).toEqual([]);
    });
  });

  test("list rules whose option is missing, with the option", async () => {
    const { report } = (await found.get(variants.at(-1) as Variant)) as Checked;
    expect(report?.rules.filter(({ outcome }) => outcome === "not checked")).toMatchObject([
      { rule: "sentry-event", reason: "needs --sentry <[address:]port>" },
      { rule: "sentry-secrets", reason: "needs --sentry <[address:]port>" },
      {
        rule: "dependency-down",
        reason: "needs --dependency <name> --dependency-down <command> --dependency-up <command>",
      },
      { rule: "shutdown", reason: "needs --stop-command <command>" },
    ]);
  });

  test.each([
    ["nothing answers", ["http://127.0.0.1:1"], "does not answer (GET /healthz/live: the connection was refused)"],
    ["the log is missing", ["--log", "/nowhere/erp.log"], "/nowhere/erp.log cannot be read. Write the output"],
    ["the contract is missing", ["--contract", "no.json"], "no.json cannot be read, but the checks need"],
    ["a file is no contract", ["--contract", "package.json"], "must have required property 'environment'"],
    ["an option is unknown", ["--jnuit", "x"], "unknown option '--jnuit'\n(Did you mean --junit?)"],
  ])("end with 2 and the reason if %s", async (_, args, reason) => {
    const url = args.length === 1 ? [] : [session.erp.apis["starlette-prometheus"].url];
    const [first = "", ...rest] = [...url, ...args];
    const { code, text } = await session.check(first, ...rest);
    expect(text).toContain(reason);
    expect(text).not.toContain("    at ");
    expect(code).toBe(2);
  });

  test("are an archive that contains nothing else of the repository", () => {
    expect(readdirSync(dirname(dirname(session.program))).sort()).toEqual([
      "README.md",
      "contract.json",
      "contract.schema.json",
      "dist",
      "package.json",
    ]);
  });

  describe.each(profiles)("of the reference ERP with %s", (profile) => {
    let junit: string;
    let checked: Checked;
    beforeAll(async () => {
      await Promise.allSettled(found.values());
      junit = join(session.folder, `${profile}.xml`);
      checked = await session.checkReference(profile, junit);
    });

    test("pass, and the ERP ends without losing a request", () => {
      expect(checked.report?.rules.filter(({ outcome }) => outcome !== "passed") ?? checked.text).toEqual([]);
      expect(checked.report?.rules.map(({ rule }) => rule)).toEqual(rules);
      expect(checked.report).toMatchObject({
        version: 1,
        environment: "local",
        httpProfile: { configured: profile, detected: profile },
        passed: rules.length,
        failed: 0,
        notChecked: 0,
      });
      expect(checked.code).toBe(0);
    });

    test("have a report as JUnit XML", () => {
      const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(readFileSync(junit));
      expect(testsuites).toMatchObject({ "@_tests": String(rules.length), "@_failures": "0", "@_skipped": "0" });
      expect(testsuites.testsuite.testcase[0]).toMatchObject({ "@_classname": "conformance" });
    });
  });
});
