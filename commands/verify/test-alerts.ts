import type { Receiver, Route } from "../../kit/notifications/alertmanager-configuration";
import { routedValues } from "../../kit/notifications/routed-values";
import { routesOf } from "../../kit/notifications/routes-of";
import { inSeconds } from "../../kit/queries/duration";

/** The way of alerts with some labels through the routing tree. */
export interface RoutePath {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
  /** Seconds until the first notification of a group. */
  readonly wait: number;
  /** Seconds until the next notification of a group. */
  readonly interval: number;
}

/**
 * The ways of the alerts of each severity that people are notified of, and of alerts that match no other route: of the
 * platform, of each team, and of one namespace of each team.
 */
export function routePaths(root: Route): readonly RoutePath[] {
  const owners = ["team", "namespace"].flatMap((label) =>
    routedValues(root, label).map(([first = ""]) => ({ [label]: first })),
  );
  const severities = [{ severity: "critical" }, { severity: "warning" }, { severity: "unknown" }];
  return [{}, ...owners]
    .flatMap((owner) => severities.map((severity) => ({ ...severity, ...owner })))
    .map((labels) => {
      const used = routesOf(root, labels);
      const longest = (field: "group_wait" | "group_interval") =>
        Math.max(...used.map((route) => inSeconds(route[field] ?? root[field] ?? "0s")));
      return {
        labels,
        receivers: [...new Set(used.map(({ receiver }) => receiver))],
        wait: longest("group_wait"),
        interval: longest("group_interval"),
      };
    });
}

function integrationsOf(receivers: readonly Receiver[], name: string): readonly string[] {
  const found = receivers.find((receiver) => receiver.name === name) ?? { name };
  return Object.keys(found)
    .filter((field) => field.endsWith("_configs"))
    .map((field) => field.replace("_configs", ""));
}

/** Whether the receiver notifies anybody. */
export function hasIntegration(receivers: readonly Receiver[], name: string): boolean {
  return integrationsOf(receivers, name).length > 0;
}

/** The least number of notifications of each integration of a receiver: one for each route that leads to it. */
export function expectedDeliveries(
  paths: readonly RoutePath[],
  receivers: readonly Receiver[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of paths.flatMap((path) => path.receivers)) {
    for (const integration of integrationsOf(receivers, name)) {
      const key = `${name}/${integration}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * One alert for each way, marked as a test.
 * @param ended when the alerts ended, in milliseconds since 1970. @default they fire
 */
export function testAlerts(
  paths: readonly RoutePath[],
  environment: string,
  since: number,
  ended?: number,
): readonly object[] {
  return paths.map(({ labels }) => ({
    labels: { alertname: "VerifyTestNotification", environment, service: "verify", team: "platform", ...labels },
    annotations: {
      summary: "TEST: this notification needs no action.",
      description: `npm run verify -- ${environment} --notify tests the route of ${labelsText(labels)}.`,
    },
    startsAt: new Date(since).toISOString(),
    // Alerts that nobody ends, because this process was killed, end by themselves.
    endsAt: new Date(ended ?? since + 10 * 60_000).toISOString(),
  }));
}

/** `the severity critical and the team payments` */
function labelsText(labels: RoutePath["labels"]): string {
  return Object.entries(labels)
    .map(([label, value]) => `the ${label} ${value}`)
    .join(" and ");
}
