import type { Environment } from "../../config/environment";
import { type Alert, alert } from "../../kit/alerts/alert";
import { count, ratio } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { alertmanager, alertmanagerCluster } from "../../metrics/alertmanager/alertmanager-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const common = { severity: "warning", service: "prometheus", team: "platform" } as const;

const { notificationErrors, notificationsSent } = prometheus;
const one = { alertmanager: "http://10.0.0.2:9093/api/v2/alerts" };
const refused = ratio(0.1);
const other = { alertmanager: "http://10.0.0.3:9093/api/v2/alerts" };

/** With the others it still tells everybody; with none left only the silence of the heartbeat does. */
export const prometheusCannotReachAlertmanager = alert({
  ...common,
  name: "PrometheusCannotReachAlertmanager",
  measure: promql`sum by (alertmanager) (rate(${notificationErrors}[5m])) / sum by (alertmanager) (rate(${notificationsSent}[5m]))`,
  on: ["alertmanager"],
  above: refused,
  for: "10m",
  summary: "An Alertmanager does not take the alerts of Prometheus.",
  description:
    "Of the alerts for {{ $labels.alertmanager }} it takes all but {{ $value | humanizePercentage }}. While there are others, they still tell.",
  scenarios: {
    "one of two takes no more": fires({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "1h")], one),
        samples(notificationsSent, [rises(1, "1h")], other),
        samples(notificationErrors, [rises(0, "10m"), rises(1, "20m"), rises(0, "30m")], other),
      ],
      onset: "10m",
      after: "10m15s",
      by: "10m45s",
      resolves: { after: "24m", by: "25m" },
    }),
    "a little more than the limit is refused": fires({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1.2 * refused.value, "50m")], one),
      ],
      onset: "10m",
      after: "13m",
      by: "15m",
    }),
    "a little less than the limit is refused": silent({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(0.9 * refused.value, "50m")], one),
      ],
    }),
    "it is restarted": blip({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1, "2m"), rises(0, "30m")], one),
      ],
    }),
    "there is no alert to send": absence(silent({ given: [], because: "nobody waits for one" })),
  },
});

const { members } = alertmanagerCluster;

/** Those that do not see each other each tell everything, and a silence that one is given the others do not heed. */
export function alertmanagerMembersMissing({ alertmanager: { replicas } }: Pick<Environment, "alertmanager">): Alert {
  const seen = (number: number, time: string, pod: number) =>
    samples(members, [holds(replicas, "10m"), holds(number, time), holds(replicas, "10m")], {
      pod: `alertmanager-${pod}`,
    });
  return alert({
    ...common,
    name: "AlertmanagerMembersMissing",
    service: "alertmanager",
    measure: promql`min by (pod) (${members})`,
    on: ["pod"],
    below: count(replicas),
    for: "15m",
    summary: "The Alertmanagers do not see each other: alerts are told more than once, and silences are not shared.",
    description: `{{ $labels.pod }} sees {{ $value }} of ${replicas} members.`,
    scenarios: {
      "one is cut off": fires({
        given: [seen(replicas, "30m", 0), seen(replicas - 1, "30m", 1)],
        onset: "10m",
        after: "14m45s",
        by: "15m",
        resolves: { after: "29m45s", by: "30m" },
      }),
      "all see each other": silent({ given: [seen(replicas, "30m", 0), seen(replicas, "30m", 1)] }),
      "they are replaced one after the other": blip({ given: [seen(replicas - 1, "12m", 0)] }),
      "they are gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
    },
  });
}

const { notifications, notificationsFailed } = alertmanager;
const slack = { integration: "slack" };
const lost = { ...slack, reason: "clientError" };

/**
 * Somebody is not told. It goes to the pager and to the chat, and so by another way than the one that fails. Of a failing
 * way one notification is given up every five minutes, as long as there is something to tell.
 */
export const alertmanagerNotificationsFailing = alert({
  ...common,
  name: "AlertmanagerNotificationsFailing",
  severity: "critical",
  service: "alertmanager",
  measure: promql`sum by (integration) (increase(${notificationsFailed}[10m])) / sum by (integration) (increase(${notifications}[10m]))`,
  on: ["integration"],
  above: ratio(0.1),
  for: "10m",
  summary: "Alerts do not reach the people that they are for.",
  description:
    "Alertmanager gives up {{ $value | humanizePercentage }} of its notifications by {{ $labels.integration }}: nobody is told of them by that way.",
  scenarios: {
    "a token was revoked": fires({
      given: [
        samples(notifications, [rises(1 / 300, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(1 / 300, "30m"), rises(0, "1h")], lost),
      ],
      onset: "30m",
      after: "10m",
      by: "12m30s",
      resolves: { after: "36m", by: "40m" },
    }),
    "one notification is given up": blip({
      given: [
        samples(notifications, [rises(1 / 300, "2h")], slack),
        samples(notificationsFailed, [holds(0, "30m"), holds(1, "1h30m")], lost),
      ],
    }),
    "a little more than the limit": fires({
      given: [
        samples(notifications, [rises(1, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(0.12, "1h30m")], lost),
      ],
      onset: "30m",
      after: "16m",
      by: "20m",
    }),
    "a little less than the limit": silent({
      given: [
        samples(notifications, [rises(1, "2h")], slack),
        samples(notificationsFailed, [rises(0, "30m"), rises(0.09, "1h30m")], lost),
      ],
    }),
    "there was nothing to tell": absence(
      silent({
        given: [samples(notifications, [holds(0, "1h")], slack), samples(notificationsFailed, [holds(0, "1h")], lost)],
      }),
    ),
  },
});
