import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Environment } from "../../config/environment";
import { erpApi } from "../../metrics/erp-api";
import { jobs } from "../../metrics/jobs";
import { promql } from "../../queries/query";
import { type Panel, timeseries } from "../frame/panels";
import { podLogs } from "../pods/logs";
import { cpuOfRequest, memoryOfLimit, openFilesOfLimit } from "../pods/resources";
import type { HttpQueries } from "./http-queries";

const process = `namespace="$namespace",job="${jobs.erpApi.name}"`;
const byPod = { width: 8, seriesLinks: [podLogs] };

/** What is short. */
export function saturation(http: HttpQueries, api: Environment["erp"]["api"]): (Panel | undefined)[] {
  const program = { job: jobs.erpApi, width: 8 };
  return [
    cpuOfRequest(program, "targetCpuUtilization" in api.scale ? api.scale.targetCpuUtilization / 100 : undefined),
    memoryOfLimit(program),
    openFilesOfLimit(program),
    inFlight(http),
    webSockets(),
  ];
}

function inFlight(http: HttpQueries): Panel | undefined {
  const query = http.inFlight("pod");
  return (
    query &&
    timeseries({
      ...byPod,
      title: "In flight by pod",
      description:
        "Requests that are being served. Rising while the rate is steady: answers wait for something, most often the database. One pod alone: it hangs.",
      unit: units.Short,
      queries: [{ query, legend: "{{pod}}" }],
      empty: "not scraped",
    })
  );
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
