import type { AnyAlert } from "../../../kit/alerts/alert";
import type { Signals } from "../../../signals";
import type { Check, Failure } from "../check";
import type { Deployment, Sample } from "../deployment";
import { readsPrometheus } from "../server-permissions";

/**
 * A check that the conditions of alerts do not hold, without their `for`: an alert that would fire in a few minutes is
 * found too. The limits are those of the environment's alerts.
 * @param names names of the alerts. An alert that the environment does not have is left out
 */
export function alertConditions(id: string, title: string, names: readonly string[]): Check {
  return {
    id,
    title,
    permissions: readsPrometheus,
    without: (_, signals) =>
      alertsNamed(names, signals).length === 0 ? "the environment has no alert about it" : undefined,
    async run(deployment) {
      const alerts = alertsNamed(names, deployment.signals);
      const failures = (await Promise.all(alerts.map((alert) => failuresOf(alert, deployment)))).flat();
      return { failures, extent: `conditions of ${alerts.map((alert) => alert.title).join(", ")}` };
    },
  };
}

function alertsNamed(names: readonly string[], { alerts }: Signals): readonly AnyAlert[] {
  return alerts.filter(({ name, expression }) => names.includes(name) && expression.language === "promql");
}

async function failuresOf(alert: AnyAlert, deployment: Deployment): Promise<Failure[]> {
  const samples = await deployment.query(alert.expression.text);
  return samples.map((sample) => ({
    where: placeOf(sample, alert),
    expected: `the condition of the alert ${alert.title} does not hold`,
    found: `${alert.summary} The measure is ${Number(sample.value[1]).toPrecision(3)}, and the limit ${alert.limit.value}.`,
    runbook: alert.name,
  }));
}

function placeOf({ metric }: Sample, { service }: AnyAlert): string {
  const labels = Object.entries(metric).filter(([name]) => !name.startsWith("__"));
  return labels.length === 0 ? service : labels.map(([name, value]) => `${name}="${value}"`).join(", ");
}
