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

/** Recent changes, slow functions, and error lines. */
export function causes(): Panel[] {
  return [
    podVersions(),
    uptime(),
    restarts({ job: erpApiJob, width: 8 }),
    functions(),
    errorLinesByLogger(),
    lastErrors(),
  ];
}

function podVersions(): Panel {
  return timeseries({
    title: "Pods by version",
    description:
      "Versions that serve requests. If two versions run for longer than a rollout takes, the rollout is stuck. If problems begin together with a new version, roll back first.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [{ query: promql`count by (version) (${erpApi.info}{namespace="$namespace"})`, legend: "{{version}}" }],
    empty: "not scraped",
  });
}

function uptime(): Panel {
  return timeseries({
    title: "Process uptime",
    description:
      "Time since the process of each pod started. A sawtooth means that the process restarts again and again. If all processes started recently, the cause is a rollout or the node.",
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
    title: "Function latency, $percentile",
    description:
      "The ten slowest functions of the service layer that the API calls, at the chosen percentile. A function that becomes slower together with the latency above is the cause.",
    buckets: promql`rate(${erpApi.functionDuration.bucket}{namespace="$namespace",job="${erpApiJob.name}"}[$__rate_interval])`,
  });
}

function errorLinesByLogger(): Panel {
  return timeseries({
    title: "Error lines by logger",
    description:
      "Error lines of the API, by the logger that wrote them. Start with a logger that does not appear on other days.",
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
      "The newest error lines of the API. Open a line to see its fields: the link next to request_id shows all lines of that request, from the API and the workers.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}
