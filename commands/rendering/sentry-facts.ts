import type { Condition, SentryAlert } from "../../kit/alerts/sentry-alert";
import { durationInWords } from "../../kit/queries/duration";

/** The facts of each alert that Sentry evaluates, as Markdown by its name. */
export function sentryFacts(alerts: readonly SentryAlert[]): ReadonlyMap<string, string> {
  return new Map(
    alerts.map((alert) => [
      alert.name,
      [
        "| Sentry evaluates it when | And only if | At most once in | Severity | Service | Team |",
        "| --- | --- | --- | --- | --- | --- |",
        `| ${[
          evaluatedWhen(alert),
          conditionsText(alert.conditions),
          frequencyText(alert),
          "warning: notifies the chat",
          `\`${alert.service}\``,
          `\`${alert.team}\``,
        ].join(" | ")} |`,
        "",
        `- ${alert.why}`,
        "- The environment must set `erp.sentry.project`. [Sentry](../sentry.md) describes the project with its alerts and monitors.",
        "- The values above are the defaults. [Alerts of each environment](../../rendered/alerts.md) shows the deployed values.",
      ].join("\n"),
    ]),
  );
}

/** The conditions of an alert in words; all of them must hold. */
export function conditionsText(conditions: readonly Condition[] = []): string {
  return conditions.length === 0 ? "–" : conditions.map(conditionText).join(", ");
}

function conditionText(condition: Condition): string {
  if ("event_frequency_count" in condition)
    return `more than ${condition.event_frequency_count.value} events in 1 hour`;
  if ("event_unique_user_frequency_count" in condition) {
    return `more than ${condition.event_unique_user_frequency_count.value} users in 1 hour`;
  }
  if ("latest_release" in condition) return "the event has the newest release";
  const { attribute, value } = condition.event_attribute;
  return `\`${attribute}\` is ${value}`;
}

/** The events of an issue on which Sentry evaluates an alert, in words. */
export function evaluatedWhen({ monitors, triggers }: SentryAlert): string {
  const issue = { error: "an issue", cron: "an issue of a cron monitor", uptime: "an issue of an uptime monitor" }[
    monitors
  ];
  if (triggers === undefined) return `${issue} has an event`;
  const texts = {
    first_seen_event: "is new",
    reappeared_event: "reappears",
    regression_event: "returns after it was resolved",
  };
  return `${issue} ${triggers.map((trigger) => texts[trigger]).join(", or ")}`;
}

/** The shortest time between two notifications about one issue, such as `1 day`. */
export function frequencyText({ frequencyMinutes }: SentryAlert): string {
  const [count, unit] = [
    [frequencyMinutes / 1440, "d"] as const,
    [frequencyMinutes / 60, "h"] as const,
    [frequencyMinutes, "m"] as const,
  ].find(([number]) => Number.isInteger(number)) ?? [frequencyMinutes, "m"];
  return durationInWords(`${count}${unit}`);
}
