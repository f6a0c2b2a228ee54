import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";
import { erpWorker, erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { slowFunctions } from "../erp-processes/slow-functions";

const worker = `namespace="$namespace",job="${erpWorkerJob.name}"`;
const failing = { namespaces: ["$namespace"], app: "erp-worker", only: "errors" } as const satisfies Lines;

/** Where the time goes, and what the workers say. */
export function causes(): Panel[] {
  return [functions(), errorsByTask(), lastErrors()];
}

function functions(): Panel {
  return slowFunctions({
    title: "Service functions in the workers, $percentile",
    description:
      "The ten slowest functions of the service layer that tasks call, at the chosen percentile. The one that rises with the runtime above is where the time goes.",
    buckets: promql`rate(${erpWorker.functionDuration.bucket}{${worker}}[$__rate_interval])`,
  });
}

function errorsByTask(): Panel {
  return timeseries({
    title: "Errors by task",
    description:
      "Error lines of the workers, by the task that ran. `none`: lines of the worker itself, most often about its broker.",
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
      "The newest error lines of the workers. Open one: its task_name and exc_info say what failed, the link beside its request_id who asked for it.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}
