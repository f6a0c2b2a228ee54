import { join } from "node:path";
import { check } from "./checks";
import { child } from "./child";
import { start } from "./command";
import { jestReport } from "./jest-report";

/** What one rung of the ladder found. */
interface Rung {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Why each test that was not run was not. */
  readonly skipped: readonly string[];
}

start({
  name: "test",
  positionals: {},
  options: {},
  help: `Runs everything that this machine can test: the checks of the code, the tests with the real programs
(promtool, amtool, alertmanager, helm, loki, promtail, terraform) where they are there or can be built, and the ERP with its servers.
What cannot be run is named with its reason; with CI=true that is a failure. Nothing outside temporary folders changes.
Exits 1 when anything fails. The last line counts: passed, failed, skipped.`,
  run: async () => {
    const rungs = [await shape(), ...(await Promise.all([contract(), erp()]))];
    for (const { name, skipped } of rungs) for (const reason of skipped) console.log(`skipped  ${name}: ${reason}`);
    const sum = (count: (rung: Rung) => number) => rungs.reduce((total, rung) => total + count(rung), 0);
    const failed = sum((rung) => rung.failed);
    console.log(
      `${sum((rung) => rung.passed)} passed, ${failed} failed, ${sum((rung) => rung.skipped.length)} skipped`,
    );
    return failed > 0 ? 1 : 0;
  },
});

async function shape(): Promise<Rung> {
  const results = await check();
  const passed = results.filter((result) => result.passed).length;
  return { name: "shape", passed, failed: results.length - passed, skipped: [] };
}

async function contract(): Promise<Rung> {
  return { name: "contract", ...(await jestReport()) };
}

/** The exit code of `erp/test` if its servers are not installed. */
const missing = 3;

/** It mostly waits for servers, so it runs beside the contract, and its output is printed at its end. */
async function erp(): Promise<Rung> {
  const { code, stdout, stderr } = await child(join("erp", "test"), []);
  console.log(`${stdout}${stderr}`);
  const summary = stdout.trimEnd().split("\n").at(-1) ?? "";
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  if (code === missing && process.env.CI !== "true") {
    return { name: "erp", passed: 0, failed: 0, skipped: [`${stdout}${stderr}`.trim()] };
  }
  const failed = count("failed") + count("errors?");
  return { name: "erp", passed: count("passed"), failed: code === 0 ? failed : Math.max(1, failed), skipped: [] };
}
