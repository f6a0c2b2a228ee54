import { addresses, monitorLabels, url } from "../config/addresses";
import type { CustomResource } from "../constructs/custom-resources";
import { probe } from "../constructs/probe";
import { serviceMonitor } from "../constructs/service-monitor";
import { jobs } from "../metrics/jobs";

/** Scrapes of the ERP's own metrics, and the question that an outsider would ask it. */
export function erpMonitors(): readonly CustomResource[] {
  const { blackboxExporter, erpApi, erpWorker } = addresses;
  const prober = `${blackboxExporter.service}.${blackboxExporter.namespace}.svc:${blackboxExporter.port}`;
  return [
    serviceMonitor({ name: erpApi.service, monitorLabels, port: "http", path: "/metrics", scrape: jobs.erpApi }),
    serviceMonitor({
      name: erpWorker.service,
      monitorLabels,
      port: "metrics",
      path: "/metrics",
      scrape: jobs.erpWorker,
    }),
    probe({
      name: jobs.erpProbe.name,
      monitorLabels,
      prober,
      module: "http_2xx",
      targets: [`${url(erpApi)}/healthz/ready`],
      scrape: jobs.erpProbe,
    }),
  ];
}
