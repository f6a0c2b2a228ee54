import { posix } from "node:path";
import type { Fault } from "../faults";
import { alertsIn, type RuleFile } from "../kit/alerts/files/rule-file";
import { suggestion } from "../kit/queries/matching";

/** A file of `promtool test rules`, with the parts that connect it with rules. */
export interface TestFile {
  readonly team: string;
  /** Path of the file, to which those in `rule_files` are relative. */
  readonly path: string;
  readonly rule_files: readonly string[];
  readonly tests: readonly {
    /** Alerts that fire at some time. @default the test checks no alert */
    readonly alert_rule_test?:
      | readonly {
          readonly alertname: string;
          /** The alerts that fire. @default none */
          readonly exp_alerts?: readonly unknown[] | null | undefined;
        }[]
      | null
      | undefined;
  }[];
}

/** Faults of test files that test other rules than those of their team, and of alerts that no test lets fire. */
export function checkTestFiles(tests: readonly TestFile[], rules: readonly RuleFile[]): Fault[] {
  return [
    ...tests.flatMap((file) => checkRuleFileNames(file, rules)),
    ...tests.flatMap((file) => checkAlertNames(file, rules)),
    ...rules.flatMap((file) => checkTested(file, tests)),
  ];
}

function pathsOf({ path, rule_files }: TestFile): readonly string[] {
  return rule_files.map((name) => posix.join(posix.dirname(path), name));
}

function checkRuleFileNames(test: TestFile, rules: readonly RuleFile[]): Fault[] {
  const own = rules.filter(({ team }) => team === test.team).map(({ path }) => path);
  return pathsOf(test).flatMap((path, index) => {
    if (own.includes(path)) return [];
    const known = own.map((one) => posix.relative(posix.dirname(test.path), one));
    const value = test.rule_files[index] ?? "";
    const rule = "must be a file of rules of the same team, relative to the test";
    const remedy = known.length > 0 ? suggestion(value, known) : "write the rules first";
    return [{ place: `${test.path}: rule_files[${index}]`, rule, value, remedy }];
  });
}

/** promtool accepts the test of an alert that does not exist, and that therefore never fires. */
function checkAlertNames(test: TestFile, rules: readonly RuleFile[]): Fault[] {
  const paths = pathsOf(test);
  const read = rules.filter(({ path }) => paths.includes(path));
  if (read.length < paths.length) return [];
  const known = [...new Set(read.flatMap((file) => alertsIn(file).map(({ alert }) => alert)))];
  const named = new Set(
    test.tests.flatMap(({ alert_rule_test }) => (alert_rule_test ?? []).map((one) => one.alertname)),
  );
  return [...named]
    .filter((name) => !known.includes(name))
    .map((value) => ({
      place: `${test.path}: alertname`,
      rule: "must be an alert of the files in `rule_files`",
      value,
      remedy: known.length > 0 ? suggestion(value, known) : "the files contain no alert",
    }));
}

function checkTested(file: RuleFile, tests: readonly TestFile[]): Fault[] {
  const fired = new Set(
    tests
      .filter((test) => pathsOf(test).includes(file.path))
      .flatMap((test) => test.tests.flatMap(({ alert_rule_test }) => alert_rule_test ?? []))
      .filter(({ exp_alerts }) => (exp_alerts ?? []).length > 0)
      .map(({ alertname }) => alertname),
  );
  const names = new Set(alertsIn(file).map(({ alert }) => alert));
  return [...names]
    .filter((name) => !fired.has(name))
    .map((name) => ({
      place: `${file.path}: ${name}`,
      rule: "must have a test in which it fires: an alert that nobody has seen firing may never fire",
      remedy: `add an \`alert_rule_test\` with \`alertname: ${name}\` and \`exp_alerts\` to a file in config/teams/${file.team}/tests/`,
    }));
}
