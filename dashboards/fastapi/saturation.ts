import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Environment } from "../../config/environment";
import { erpApi } from "../../metrics/erp-api";
import { jobs } from "../../metrics/jobs";
import { promql } from "../../queries/query";
import { type Panel, timeseries } from "../frame/panels";
import { podLogs } from "../pods/logs";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit } from "../pods/resources";

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
