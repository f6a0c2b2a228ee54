import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { restarts } from "../erp-processes/process-resources";
import { slowFunctions } from "../erp-processes/slow-functions";
import { podLogs } from "../kubernetes/kubernetes-queries";

const failing = { namespaces: ["$namespace"], app: "erp-api", only: "errors" } as const satisfies Lines;

/** What changed, and what the ERP says of it. */
export function causes(): Panel[] {
  return [podVersions(), age(), restarts({ job: erpApiJob, width: 8 }), functions(), errorsByLogger(), lastErrors()];
}

function podVersions(): Panel {
  return timeseries({
    title: "Pods by version",
    description:
      "Which versions serve. Two at once for longer than a rollout takes: it is stuck. Trouble that begins where a version begins: roll back first.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [{ query: promql`count by (version) (${erpApi.info}{namespace="$namespace"})`, legend: "{{version}}" }],
    empty: "not scraped",
  });
}

function age(): Panel {
  return timeseries({
    title: "Age of the process",
    description:
      "How long each pod's process has run. A saw: it dies again and again. All young at once: a rollout, or the node.",
    unit: units.Seconds,
    width: 8,
    queries: [
      {
        query: promql`time() - max by (pod) (${erpApi.startTime}{namespace="$namespace",job="${erpApiJob.name}"})`,
        legend: "{{pod}}",
      },
    ],
    seriesLinks: [podLogs],
    empty: "not scraped",
  });
}

function functions(): Panel {
  return slowFunctions({
    title: "Service functions, $percentile",
    description:
      "The ten slowest functions that the API calls, at the chosen percentile. The one that rises with the latency above is where the time goes.",
    buckets: promql`rate(${erpApi.functionDuration.bucket}{namespace="$namespace",job="${erpApiJob.name}"}[$__rate_interval])`,
  });
}

function errorsByLogger(): Panel {
  return timeseries({
    title: "Errors by logger",
    description:
      "Error lines of the API, by the part of the code that wrote them. A logger that is not there on other days is the first to read.",
    unit: units.Short,
    width: 12,
    stacked: true,
    queries: [{ query: loki.mostFrequent(failing, "logger"), legend: "{{logger}}" }],
    empty: "no error lines",
  });
}

function lastErrors(): Panel {
  return logLines({
    title: "Last errors",
    description:
      "The newest error lines of the API. Open one: the link beside its request_id shows the trail of that request through API and workers.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}
