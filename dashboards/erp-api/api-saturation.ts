import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpRequestsPileUp } from "../../alerts/erp-api/erp-requests-pile-up";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../../metrics/inventory";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit } from "../erp-processes/process-resources";
import { podLogs } from "../kubernetes/kubernetes-queries";

const process = `namespace="$namespace",job="${erpApiJob.name}"`;
const byPod = { width: 12, seriesLinks: [podLogs] };

/** Use of CPU, memory, files and connections. */
export function saturation({ environment, http }: Pick<Inventory, "environment" | "http">): List<Panel> {
  const { api } = environment.erp;
  const pileUp = erpRequestsPileUp({ http });
  const program = { job: erpApiJob, width: 8 };
  return [
    cpuOfRequest(program, "targetCpuUtilization" in api.scale ? api.scale.targetCpuUtilization / 100 : undefined),
    memoryOfLimit(program),
    openFilesOfLimit(program),
    pileUp &&
      alertPanel(pileUp, { title: "Requests in progress by pod", width: 12, legend: "{{pod}}", empty: "not scraped" }),
    webSockets(),
  ];
}

function webSockets(): Panel {
  return timeseries({
    ...byPod,
    title: "WebSocket connections",
    description:
      "Open connections by pod. If all lines fall to 0 and recover, the cause is a rollout, or a proxy that closes idle connections.",
    unit: units.Short,
    stacked: true,
    queries: [{ query: promql`sum by (pod) (${erpApi.webSocketConnections}{${process}})`, legend: "{{pod}}" }],
    empty: "not scraped",
  });
}
