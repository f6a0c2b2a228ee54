import type { Environment } from "../../config/environment";
import type { Alert } from "../alert";
import { inhibitions } from "./inhibitions";
import { receivers } from "./receivers";

/** Alertmanager's configuration for one environment. https://prometheus.io/docs/alerting/latest/configuration/ */
export function alertmanagerConfig({ alertmanager }: Environment, alerts: readonly Alert[]) {
  const { heartbeat, receivers: given, muteTimes } = alertmanager;
  const muted = muteTimes.map(({ name }) => name);
  const chat = given.chat ? "chat" : "nobody";
  return {
    route: {
      receiver: "nobody",
      group_by: ["alertname", "namespace", "service"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "24h",
      routes: [
        // First, so that nothing can swallow it: what it reports is that this very way works.
        ...(heartbeat
          ? [
              {
                receiver: "heartbeat",
                matchers: ['severity="heartbeat"'],
                group_wait: "0s",
                group_interval: heartbeat.repeatInterval,
                repeat_interval: heartbeat.repeatInterval,
              },
            ]
          : []),
        { receiver: "nobody", matchers: ['severity=~"heartbeat|info"'] },
        // Where nobody is paged, the chat hears of it by day and night.
        {
          receiver: given.pager ? "pager" : chat,
          matchers: ['severity="critical"'],
          group_wait: "10s",
          repeat_interval: "4h",
        },
        { receiver: chat, matchers: ['severity="warning"'], mute_time_intervals: muted },
      ],
    },
    inhibit_rules: inhibitions(alerts),
    mute_time_intervals: muteTimes.map(({ name, weekdays, times, location }) => ({
      name,
      time_intervals: [
        {
          weekdays,
          times: times?.map(({ start, end }) => ({ start_time: start, end_time: end })),
          location,
        },
      ],
    })),
    receivers: receivers(alertmanager),
  };
}
