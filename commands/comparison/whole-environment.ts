import type { EnvironmentSignals } from "../../signals-json";
import type { FoundChange } from "./change";
import { destinations } from "./compare-destinations";
import { deployedObjects } from "./deployed-objects";
import type { EnvironmentOutput } from "./synth-output";

/** One change for an environment that only one of the synths has. Otherwise each of its objects would be listed. */
export function wholeEnvironment(before: EnvironmentOutput, after: EnvironmentOutput): FoundChange {
  const common = { area: "environment", fields: [] } as const;
  if (before.stacks.length === 0) {
    return { ...common, what: "added", name: "the environment is new", summary: contentText(after) };
  }
  return {
    ...common,
    what: "removed",
    name: "the other version has no stacks for the environment",
    summary: stackNames(before),
    breaking: "nothing will update or delete the objects that these deployed",
  };
}

function stackNames({ stacks }: EnvironmentOutput): string {
  return stacks.map(({ name }) => name).join(", ");
}

/** What a reviewer of a new environment needs: its size, who is notified, and the Secrets that somebody must create. */
function contentText(output: EnvironmentOutput): string {
  const { stacks, signals } = output;
  const objects = Object.values(deployedObjects(stacks));
  const charts = objects.flatMap(({ content }) => (content.repository === undefined ? [] : [content.chart]));
  const sizes = [`${stackNames(output)} with ${objects.length} objects and ${charts.length} charts`];
  return [...sizes, ...(signals ? signalsTexts(signals) : [])].join("; ");
}

function signalsTexts(signals: EnvironmentSignals): string[] {
  const { alerts, dashboards, secrets, notifications } = signals;
  const severities = ["critical", "warning"].flatMap((severity) => {
    const own = alerts.filter((alert) => alert.severity === severity);
    const receivers = [...new Set(own.map((alert) => destinations(alert, notifications.route)))];
    return own.length > 0 ? [`${own.length} ${severity} alerts notify ${receivers.join(" or ")}`] : [];
  });
  const needed = secrets.map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    `${alerts.length} alerts, ${dashboards.length} dashboards`,
    ...severities,
    needed.length > 0 ? `needs the Secrets ${needed.join(", ")}` : "needs no Secret",
  ];
}
