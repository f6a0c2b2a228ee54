import type { AnyAlert } from "../../kit/alerts/alert";
import type { AlertmanagerConfig } from "../../kit/notifications/alertmanager-configuration";
import { inhibitions } from "../../kit/notifications/inhibitions";

/** The receivers of the shop's alerts, and the inhibitions between alerts. */
export function shopNotifications(alerts: readonly AnyAlert[], causes: readonly string[]): AlertmanagerConfig {
  return {
    route: {
      receiver: "chat",
      group_by: ["alertname"],
      routes: [
        { receiver: "logistics", matchers: ['team="logistics"'], mute_time_intervals: ["nights"] },
        { receiver: "pager", matchers: ['severity="critical"'], repeat_interval: "1h" },
      ],
    },
    inhibit_rules: inhibitions(alerts, causes),
    time_intervals: [{ name: "nights", time_intervals: [{ times: [{ start_time: "00:00", end_time: "06:00" }] }] }],
    receivers: [
      { name: "chat", slack_configs: [{ api_url_file: "/run/secrets/slack", channel: "#storefront" }] },
      { name: "pager", pagerduty_configs: [{ routing_key_file: "/run/secrets/pagerduty" }] },
      { name: "logistics", webhook_configs: [{ url: "https://logistics.shop.example/alerts" }] },
    ],
    templates: [],
  };
}
