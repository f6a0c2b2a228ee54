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

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(environment: Environment): List<Panel> {
  return [
    firing(),
    newestSample(),
    targetsDown(),
    ruleFailures(),
    notificationsLost(),
    linesReceived(),
    linesDropped(environment),
    environment.grafana.mode === "on" && grafanaUp(),
  ];
}

function firing(): Panel {
  return alertsFiring({
    ...small,
    which: "Alerts about the platform",
    matchers: 'team="platform",severity!="heartbeat"',
  });
}

function newestSample(): Panel {
  return stat({
    ...small,
    title: "Newest sample",
    description:
      "How old the newest sample is that Prometheus took of itself. Red: nothing on any dashboard is true any more, and no alert either. See the row Ingestion.",
    unit: units.Seconds,
    query: prometheusNotIngesting.measure,
    thresholds: above({ red: prometheusNotIngesting.limit.value }),
  });
}

function targetsDown(): Panel {
  return stat({
    ...small,
    title: "Targets down",
    description: "Targets of all jobs that do not answer. The panel of the scrapes, in the row Ingestion, says which.",
    unit: units.Short,
    query: promql`count(up == 0) or vector(0)`,
    thresholds: above({ yellow: 1, red: 3 }),
  });
}

function ruleFailures(): Panel {
  return stat({
    ...small,
    title: "Rules failed",
    description: "Evaluations of rules that failed of late. Red: their alerts cannot fire. See the row Rules.",
    unit: units.Short,
    query: promql`sum(increase(${prometheus.ruleFailures}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function notificationsLost(): Panel {
  return stat({
    ...small,
    title: "Notifications lost",
    description:
      "Notifications that Alertmanager gave up of late. Red: somebody was not told. See the row Alerts and notifications.",
    unit: units.Short,
    query: promql`sum(increase(${alertmanager.notificationsFailed}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function linesReceived(): Panel {
  return stat({
    ...small,
    title: "Log lines",
    description: "Lines that Loki receives in a second. 0: nothing is sent any more. See the row of the log agent.",
    unit: units.CountsPerSecond,
    query: promql`sum(rate(${loki.linesReceived}[$__rate_interval]))`,
    thresholds: below({ red: 0.01 }),
  });
}

function linesDropped(environment: Environment): Panel {
  return stat({
    ...small,
    title: "Log lines lost",
    description: "Lines that the log agent gave up of late. Red: they are in no search. See the row Log agent.",
    unit: units.Short,
    query: promql`sum(increase(${logAgentMetrics(environment).droppedEntries}[$__rate_interval]))`,
    thresholds: above({ red: 1 }),
  });
}

function grafanaUp(): Panel {
  return stat({
    ...small,
    title: "Grafana",
    description: "Whether Prometheus reaches every Grafana. You see this by one of them.",
    unit: units.Short,
    query: promql`min(${grafanaServer.up}{job="${grafanaJob.name}"})`,
    words: { 0: "down", 1: "up" },
    thresholds: below({ red: 1 }),
  });
}
