import * as units from "@grafana/grafana-foundation-sdk/units";
import { prometheusNotIngesting } from "../../alerts/prometheus/prometheus-not-ingesting";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";
import { grafanaJob, grafana as grafanaServer } from "../../metrics/grafana/grafana-metrics";
import { logAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";
import { loki } from "../../metrics/loki/loki-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";
import type { Environment } from "../../settings/environment";
import { scraped } from "./monitoring-panels";

const small = { ...scraped, width: 6 };

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(environment: Environment, alerts: string): List<Panel> {
  return [
    firing(alerts),
    newestSample(),
    targetsDown(),
    ruleFailures(),
    failedNotifications(),
    linesReceived(),
    droppedLines(environment),
    environment.grafana.mode === "on" && grafanaUp(),
  ];
}

function firing(alerts: string): Panel {
  return alertsFiring({
    ...small,
    which: "Platform alerts",
    matchers: `${alerts},severity!="heartbeat"`,
  });
}

function newestSample(): Panel {
  return stat({
    ...small,
    title: "Age of newest sample",
    description:
      "Age of the newest sample that Prometheus scraped from any target. Red: all dashboards show old data, and no other alert can fire. See the row Ingestion.",
    unit: units.Seconds,
    query: prometheusNotIngesting.measure,
    thresholds: above({ red: prometheusNotIngesting }),
  });
}

function targetsDown(): Panel {
  return stat({
    ...small,
    title: "Targets down",
    description:
      "Targets of all jobs that Prometheus cannot scrape. The panel Targets up by job, in the row Ingestion, shows their jobs.",
    unit: units.Short,
    query: promql`count(up == 0) or vector(0)`,
    thresholds: above({ yellow: 1, red: 3 }),
  });
}

function ruleFailures(): Panel {
  return stat({
    ...small,
    title: "Failed rule evaluations",
    description:
      "Evaluations of rules that failed recently. Red: the alerts of these rules cannot fire. See the row Rules.",
    unit: units.Short,
    query: promql`sum(increase(${prometheus.ruleFailures}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function failedNotifications(): Panel {
  return stat({
    ...small,
    title: "Failed notifications",
    description:
      "Notifications that Alertmanager could not deliver recently. Red: a receiver was not notified. See the row Alerts and notifications.",
    unit: units.Short,
    query: promql`sum(increase(${alertmanager.notificationsFailed}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function linesReceived(): Panel {
  return stat({
    ...small,
    title: "Log lines per second",
    description: "Lines per second that Loki receives. If the number is 0, no lines are sent. See the row Log agent.",
    unit: units.CountsPerSecond,
    query: promql`sum(rate(${loki.linesReceived}[$__rate_interval]))`,
    thresholds: below({ red: 0.01 }),
  });
}

function droppedLines(environment: Environment): Panel {
  return stat({
    ...small,
    title: "Dropped log lines",
    description: "Lines that the log agent dropped recently. Red: no search finds these lines. See the row Log agent.",
    unit: units.Short,
    query: promql`sum(increase(${logAgentMetrics(environment).droppedEntries}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function grafanaUp(): Panel {
  return stat({
    ...small,
    title: "Grafana status",
    description:
      "Result of the scrapes of all Grafana pods. Red: Prometheus cannot scrape at least one pod. You see this panel because another pod works.",
    unit: units.Short,
    query: promql`min(${grafanaServer.up}{job="${grafanaJob.name}"})`,
    words: { 0: "down", 1: "up" },
    thresholds: below({ red: 1 }),
  });
}
