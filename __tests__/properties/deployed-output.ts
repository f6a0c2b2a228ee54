import { App } from "cdktf";
import type { Environment } from "../../settings/environment";
import { sentryProjectOf } from "../../settings/sentry-project-of";
import { type Signals, signals } from "../../signals";
import { BaseStack } from "../../stacks/base-stack";
import { ErpStack } from "../../stacks/erp-stack";
import { MonitoringStack } from "../../stacks/monitoring-stack";
import { SentryStack } from "../../stacks/sentry-stack";

/** Everything that an environment deploys, as text: its stacks and its signals. */
export function deployedOutput(environment: Environment): string {
  const content = signals(environment);
  return [...stacksOf(environment, content), content].map((one) => JSON.stringify(one)).join("\n");
}

/** The stacks of an environment in Terraform's JSON, without files. */
export function stacksOf(environment: Environment, content: Signals): readonly object[] {
  const app = new App();
  const project = sentryProjectOf(environment);
  return [
    new BaseStack(app, "base", { environment }),
    new MonitoringStack(app, "monitoring", { environment, signals: content }),
    new ErpStack(app, "erp", { environment, signals: content }),
    ...(project ? [new SentryStack(app, "sentry", { environment, project, signals: content })] : []),
  ].map((stack) => stack.toTerraform() as object);
}
