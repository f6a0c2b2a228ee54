import "./constructs/disable-stack-traces";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type Fault, Faults, mergeFaults, refuseAny } from "./faults";
import type { Environment } from "./settings/environment";
import { loadEnvironments } from "./settings/load-environments";
import { sentryProjectOf } from "./settings/sentry-project-of";
import { validate } from "./settings/validate";
import { type Signals, signals } from "./signals";
import { signalsFile, signalsJson } from "./signals-json";
import { BaseStack } from "./stacks/base-stack";
import { ErpStack } from "./stacks/erp-stack";
import { MonitoringStack } from "./stacks/monitoring-stack";
import { SentryStack } from "./stacks/sentry-stack";

/**
 * Writes the stacks of all environments as Terraform JSON, and a file with the metrics, dashboards and alerts of each
 * environment.
 * @param found known faults, which are reported with the others
 * @returns the metrics, dashboards and alerts of each environment
 * @throws {Faults} with all faults, before any file is written.
 */
export function synthesize(
  given: readonly Environment[],
  outdir?: string,
  found: readonly Fault[] = [],
): ReadonlyMap<Environment, Signals> {
  const known = validate(given).map((environment) => ({ environment, content: signals(environment) }));
  refuseAny([
    ...found,
    ...mergeFaults(Object.fromEntries(known.map(({ environment, content }) => [environment.name, content.faults]))),
  ]);
  const app = new App({ outdir });
  const stacks = known.map(({ environment, content }) => {
    const base = new BaseStack(app, "base", { environment });
    const monitoring = new MonitoringStack(app, "monitoring", { environment, signals: content });
    const erp = new ErpStack(app, "erp", { environment, signals: content });
    monitoring.addDependency(base);
    erp.addDependency(monitoring);
    const project = sentryProjectOf(environment);
    if (project) new SentryStack(app, "sentry", { environment, project, signals: content });
    return [environment.name, [base, monitoring, erp]] as const;
  });
  refuseAny(mergeFaults(Object.fromEntries(stacks.map(([name, own]) => [name, own.flatMap((one) => one.faults())]))));
  app.synth();
  writeFileSync(
    join(app.outdir, signalsFile),
    signalsJson(Object.fromEntries(known.map(({ environment, content }) => [environment.name, content]))),
  );
  return new Map(known.map(({ environment, content }) => [environment, content]));
}

if (require.main === module) {
  try {
    synthesize(loadEnvironments());
  } catch (error) {
    if (!(error instanceof Faults)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
