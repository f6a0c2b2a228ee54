import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { check } from "./checks";
import { child } from "./child";
import { type Command, CommandError, start } from "./command";
import { jestReport } from "./jest-report";
import { selectTests, type TestRun } from "./test-selection";

/** The results of one group of checks or tests. */
interface Results {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** The reason of each test that was skipped. */
  readonly skipped: readonly string[];
}

/** Files of tests that Jest runs. */
const jestFile = /\.test\.ts$/;

/** The exit code of `erp/test` if a server that its tests need is not installed. */
const missing = 3;

/** Tests that other commands run, by the folder of their files. */
const otherCommands: Readonly<Record<string, string>> = {
  programs: "test:programs",
  drawn: "test:drawn",
  cluster: "test:live",
};

const test: Command = {
  name: "test",
  positionals: {},
  operands: { name: "word", help: "runs only the tests whose file or name contains every word" },
  options: {},
  help: `
Runs everything that this machine can test: the checks of the code, the tests with the real programs (promtool, amtool,
alertmanager, helm, loki, promtail, terraform) that are installed or can be built, and the tests of the ERP with its servers.
It lists the tests that it skips, with the reason; with CI=true, a skipped test is a failure.

With words, it runs only the tests whose file and name together contain every word, ignoring case, and builds only the
programs that these files need: \`npm test -- units panel\`. It runs no other checks.

Nothing outside temporary folders changes. Exit code 0: nothing failed. 1: something failed, or no test matches. The last line
states the numbers of passed, failed and skipped tests.`,
  run: async (_, words) => {
    const results =
      words.length > 0
        ? await testMatching(words)
        : [await checkCode(), ...(await Promise.all([testCode(), testErp()]))];
    for (const { name, skipped } of results) for (const reason of skipped) console.log(`skipped  ${name}: ${reason}`);
    const sum = (count: (one: Results) => number) => results.reduce((total, one) => total + count(one), 0);
    const failed = sum((one) => one.failed);
    if (sum((one) => one.passed + one.failed + one.skipped.length) === 0) throw noMatch(words);
    console.log(`${sum((one) => one.passed)} passed, ${failed} failed, ${sum((one) => one.skipped.length)} skipped`);
    return failed > 0 ? 1 : 0;
  },
};

async function checkCode(): Promise<Results> {
  const results = await check();
  const passed = results.filter((result) => result.passed).length;
  return { name: "code", passed, failed: results.length - passed, skipped: [] };
}

async function testCode({ files, pattern }: TestRun = { files: [] }): Promise<Results> {
  const report = await jestReport(
    ...(pattern === undefined ? [] : ["--testNamePattern", pattern]),
    ...(files.length > 0 ? ["--runTestsByPath", ...files] : []),
  );
  // Jest lists the tests that the pattern leaves out as skipped.
  const isChosen = new RegExp(pattern ?? "", "i");
  return { name: "tests", ...report, skipped: report.skipped.filter((name) => isChosen.test(name)) };
}

/** The tests of the ERP mostly wait for servers, so they run beside the others, and are printed at their end. */
async function testErp(files: readonly string[] = []): Promise<Results> {
  const { code, stdout, stderr } = await child(
    join("erp", "test"),
    files.map((file) => relative("erp", file)),
  );
  console.log(`${stdout}${stderr}`);
  const summary = stdout.trimEnd().split("\n").at(-1) ?? "";
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  if (code === missing && process.env.CI !== "true") {
    return { name: "erp", passed: 0, failed: 0, skipped: [`${stdout}${stderr}`.trim()] };
  }
  const failed = count("failed") + count("errors?");
  return { name: "erp", passed: count("passed"), failed: code === 0 ? failed : Math.max(1, failed), skipped: [] };
}

/** @throws {CommandError} when no test matches */
async function testMatching(words: readonly string[]): Promise<readonly Results[]> {
  const runs = selectTests(words, sourcesIn("__tests__", jestFile));
  const erp = selectTests(words, sourcesIn(join("erp", "tests"), /^test_.*\.py$/)).flatMap(({ files }) => files);
  const others = Object.entries(otherCommands).flatMap(([folder, command]) =>
    selectTests(words, sourcesIn(join("__tests__", folder), jestFile))
      .flatMap(({ files }) => files)
      .map((file) => `${file} matches too: npm run ${command}`),
  );
  if (runs.length + erp.length === 0) {
    throw noMatch(words, others);
  }
  const results: Results[] = [];
  for (const run of runs) results.push(await testCode(run));
  if (erp.length > 0) results.push(await testErp(erp));
  for (const other of others) console.log(other);
  return results;
}

/** Words can match a file in two of its titles, and then no test of the file. */
function noMatch(words: readonly string[], others: readonly string[] = []): CommandError {
  const reason = `No test of \`npm test\` matches: ${words.join(" ")}`;
  const remedy = "Use words of a file name or of one title. To play an alert: npm run prove -- <Alert>";
  return new CommandError([reason, ...others, remedy].join("\n"));
}

function sourcesIn(folder: string, name: RegExp): ReadonlyMap<string, string> {
  const files = readdirSync(folder).filter((file) => name.test(file));
  return new Map(files.map((file) => [join(folder, file), readFileSync(join(folder, file), "utf8")]));
}

void start(test);
