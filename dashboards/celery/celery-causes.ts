import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";
import { erpWorker, erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { slowFunctions } from "../erp-processes/slow-functions";

const worker = `namespace="$namespace",job="${erpWorkerJob.name}"`;
const failing = { namespaces: ["$namespace"], app: "erp-worker", only: "errors" } as const satisfies Lines;

/** Slow functions and error lines of the workers. */
export function causes(): Panel[] {
  return [functions(), errorLinesByTask(), lastErrors()];
}

function functions(): Panel {
  return slowFunctions({
    title: "Worker function latency, $percentile",
    description:
      "The ten slowest functions of the service layer that tasks call, at the chosen percentile. A function that becomes slower together with the runtime above is the cause.",
    buckets: promql`rate(${erpWorker.functionDuration.bucket}{${worker}}[$__rate_interval])`,
  });
}

function errorLinesByTask(): Panel {
  return timeseries({
    title: "Error lines by task",
    description:
      "Error lines of the workers, by the task that was running. The value `none` means lines of the worker process itself, usually about its broker.",
    unit: units.Short,
    width: 12,
    stacked: true,
    queries: [{ query: loki.mostFrequent(failing, "task_name"), legend: "{{task_name}}" }],
    empty: "no error lines",
  });
}

function lastErrors(): Panel {
  return logLines({
    title: "Last errors",
    description:
      "The newest error lines of the workers. Open a line to see its fields: task_name and exc_info show the task and its exception, and the link next to request_id shows the request that sent the task.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}
