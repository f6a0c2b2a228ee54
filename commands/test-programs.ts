import { start } from "./command";
import { jestReport } from "./jest-report";

start({
  name: "test:programs",
  positionals: {},
  options: {},
  help: `Runs the tests that start further real programs: the log tests with Alloy as well as Promtail, \`alloy validate\` on
what is synthesised, redis_exporter with Redis, and the Elasticsearch exporter with Elasticsearch. They take some minutes.
Elasticsearch is built with Maven, once, and the others with Go. No package registry has Alloy and redis_exporter: they are
taken from PATH, or from ~/.cache/erp-observability/programs/<program>-<version>, where you put them. Without them their
tests are skipped, and that is not a failure, also with CI=true. A skipped program of a registry is one with CI=true.
Exits 1 when anything fails. The last line counts: passed, failed, skipped.`,
  run: async () => {
    const { passed, failed, skipped } = await jestReport("--config", "jest.programs.config.cjs");
    for (const reason of skipped) console.log(`skipped  ${reason}`);
    console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
    return failed > 0 ? 1 : 0;
  },
});
