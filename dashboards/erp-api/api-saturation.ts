import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Environment } from "../../config/environment";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { jobs } from "../../metrics/jobs";
import { podLogs } from "../erp-processes/logs";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit } from "../erp-processes/process-resources";

const process = `namespace="$namespace",job="${jobs.erpApi.name}"`;
const byPod = { width: 8, seriesLinks: [podLogs] };

/** What is short. */
export function saturation(
  api: Environment["erp"]["api"],
  piledUp: readonly (Panel | undefined)[],
): (Panel | undefined)[] {
  const program = { job: jobs.erpApi, width: 8 };
  return [
    cpuOfRequest(program, "targetCpuUtilization" in api.scale ? api.scale.targetCpuUtilization / 100 : undefined),
    memoryOfLimit(program),
    openFilesOfLimit(program),
    ...piledUp,
    webSockets(),
  ];
}

function webSockets(): Panel {
  return timeseries({
    ...byPod,
    title: "WebSocket connections",
    description:
      "Connections that are open, by pod. All of them falling to 0 and coming back: a rollout, or a proxy that closes what is idle.",
    unit: units.Short,
    stacked: true,
    queries: [{ query: promql`sum by (pod) (${erpApi.webSocketConnections}{${process}})`, legend: "{{pod}}" }],
    empty: "not scraped",
  });
}
