import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";

const { notifications, notificationsFailed } = alertmanager;

const slack = { integration: "slack" };

const lost = { ...slack, reason: "clientError" };

/** A counter that rises by one every five minutes, this many times. */
const everyFiveMinutes = (times: number) => Array.from({ length: times }, (_, count) => holds(count, "5m"));

/**
 * Somebody is not notified. The alert goes to the pager and to the chat, and so also through an integration other than
 * the one that fails. On a failing integration, Alertmanager gives up a notification and tries again after each group
 * interval, as long as alerts fire: every minute for pages, and every five minutes for warnings. The range is a little
 * longer than that, so that a receiver that is away for three minutes pages nobody.
 */
export const alertmanagerNotificationsFailing = alert({
  name: "AlertmanagerNotificationsFailing",
  group: "platform-monitoring",
  severity: "critical",
  service: "alertmanager",
  team: "platform",
  causedBy: ["dns"],
  measure: promql`sum by (integration) (increase(${notificationsFailed}[6m])) / sum by (integration) (increase(${notifications}[6m]))`,
  on: ["integration"],
  above: ratio(0.1),
  littleTraffic: "a single failed notification is an alert that nobody receives",
  for: "10m",
  summary: "Alertmanager cannot deliver notifications: people on call may miss alerts.",
  description: `Alertmanager failed to deliver ${valueText("ratio")} of its notifications through {{ $labels.integration }} in the last six minutes.`,
  scenarios: {
    "a token was revoked": fires({
      given: [
        samples(notifications, [rises(1 / 300, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(1 / 300, lasting("20m")), rises(0, "1h")], lost),
      ],
      onset: "30m",
      after: lasting(),
      by: lasting("2m30s"),
      resolves: { after: lasting("24m"), by: lasting("26m30s") },
    }),
    "warnings fail, one every five minutes": fires({
      given: [
        samples(notifications, everyFiveMinutes(24), slack),
        samples(notificationsFailed, [holds(0, "30m"), ...everyFiveMinutes(18)], lost),
      ],
      onset: "30m",
      after: lasting("4m"),
      by: lasting("5m30s"),
    }),
    "pages fail while the receiver is away for three minutes": blip({
      given: [
        samples(notifications, [rises(1 / 300, "30m"), rises(1 / 60, "1h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(1 / 60, "3m"), rises(0, "57m")], lost),
      ],
    }),
    "one notification fails": blip({
      given: [
        samples(notifications, [rises(1 / 300, "2h")], slack),
        samples(notificationsFailed, [holds(0, "30m"), holds(1, "1h30m")], lost),
      ],
    }),
    "a little above the limit": fires({
      given: [
        samples(notifications, [rises(1, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(0.12, lasting("1h20m"))], lost),
      ],
      onset: "30m",
      after: lasting("4m"),
      by: lasting("6m"),
    }),
    "a little below the limit": silent({
      given: [
        samples(notifications, [rises(1, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(0.09, "1h30m")], lost),
      ],
    }),
    "there were no notifications": absence(
      silent({
        given: [samples(notifications, [holds(0, "1h")], slack), samples(notificationsFailed, [holds(0, "1h")], lost)],
      }),
    ),
  },
});
