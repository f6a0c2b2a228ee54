import { start } from "./command";
import { jestReport } from "./jest-report";

start({
  name: "test:programs",
  positionals: {},
  options: {},
  help: `
Runs the tests that \`npm test\` does not run, because they start further real programs: the checks of
\`conformance\` with the reference ERP on both HTTP profiles, the log tests with Alloy as well as Promtail, \`alloy validate\` on the synthesised configuration, redis_exporter with Redis, the Elasticsearch
exporter with Elasticsearch, the OpenTelemetry Collector with Jaeger, and the stack of Sentry with Terraform and its
provider. They take some minutes.

Elasticsearch is built once with Maven, and the other programs with Go. Alloy, redis_exporter and the provider of Sentry
(terraform-provider-sentry) are in no package registry: put them into ~/.cache/erp-observability/programs/ as
<program>-<version>, or the first two on PATH. Without them their tests are skipped, which is not a failure, even with CI=true. With CI=true, it is a failure if a test with any other
program is skipped.

Exit code 0: nothing failed. 1: something failed. The last line counts: passed, failed, skipped.`,
  run: async () => {
    const { passed, failed, skipped } = await jestReport("--config", "jest.programs.config.cjs");
    for (const reason of skipped) console.log(`skipped  ${reason}`);
    console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
    return failed > 0 ? 1 : 0;
  },
});
