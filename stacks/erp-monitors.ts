import type { CustomResource } from "../constructs/custom-resources";
import { probe } from "../constructs/probe";
import { serviceMonitor } from "../constructs/service-monitor";
import type { Job } from "../kit/metrics/job";
import { erpWorkerJob } from "../metrics/celery/erp-worker-metrics";
import { erpApiJob } from "../metrics/erp-api/erp-api-metrics";
import { erpProbeJob, erpPublicProbeJob } from "../metrics/erp-health-checks/erp-probe-metrics";
import { addresses, healthRoutes, monitorLabels, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";

/** Monitors that scrape the ERP's own metrics, and Probes that send requests to the ERP as its users do. */
export function erpMonitors({ erp: { ingress } }: Environment): readonly CustomResource[] {
  const { blackboxExporter, erpApi, erpWorker } = addresses;
  const prober = `${blackboxExporter.service}.${blackboxExporter.namespace}.svc:${blackboxExporter.port}`;
  return [
    monitorOf(erpApi.service, erpApiJob),
    monitorOf(erpWorker.service, erpWorkerJob),
    probe({
      name: erpProbeJob.name,
      monitorLabels,
      prober,
      module: "http_2xx",
      targets: [`${url(erpApi)}${healthRoutes.ready.path}`],
      scrape: erpProbeJob,
    }),
    ...(ingress
      ? [
          probe({
            name: erpPublicProbeJob.name,
            monitorLabels,
            prober,
            module: "https_2xx",
            targets: ingress.hosts.map((host) => `https://${host}${ingress.probePath}`),
            scrape: erpPublicProbeJob,
          }),
        ]
      : []),
  ];
}

function monitorOf(name: string, job: Job): CustomResource {
  return serviceMonitor({ name, monitorLabels, port: job.port, path: job.path, scrape: job });
}
