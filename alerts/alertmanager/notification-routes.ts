import { present } from "../../kit/lists";
import type { Route } from "../../kit/notifications/alertmanager-configuration";
import type { Environment } from "../../settings/environment";

/**
 * Who is told of what. What nobody foresaw is read in the chat: an alert without a severity of ours is still an alert.
 */
export function routes({ heartbeat, receivers, muteTimes }: Environment["alertmanager"]): Route {
  const chat = receivers.chat ? "chat" : "nobody";
  const muted = muteTimes.map(({ name }) => name);
  return {
    receiver: chat,
    group_by: ["alertname", "namespace", "service"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "24h",
    routes: present([
      // First, so that nothing can swallow it: what it reports is that this very way works.
      heartbeat && heartbeatRoute(heartbeat.repeatInterval),
      // `none` is what the chart's own Watchdog and InfoInhibitor say.
      { receiver: "nobody", matchers: [heartbeat ? 'severity=~"info|none"' : 'severity=~"heartbeat|info|none"'] },
      // The chat hears of what pages, by day and night: should one way fail, the other tells.
      receivers.pager && { ...criticalRoute("pager"), continue: true },
      criticalRoute(chat),
      { receiver: chat, matchers: ['severity="warning"'], ...(muted.length > 0 && { mute_time_intervals: muted }) },
    ]),
  };
}

function heartbeatRoute(repeatInterval: string): Route {
  return {
    receiver: "heartbeat",
    matchers: ['severity="heartbeat"'],
    group_wait: "0s",
    group_interval: repeatInterval,
    repeat_interval: repeatInterval,
  };
}

function criticalRoute(receiver: string): Route {
  return { receiver, matchers: ['severity="critical"'], group_wait: "10s", repeat_interval: "4h" };
}
