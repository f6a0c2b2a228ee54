import { erpCertificateExpires } from "../alerts/erp-health-checks/erp-certificate-expires";
import { erpCertificateExpiresSoon } from "../alerts/erp-health-checks/erp-certificate-expires-soon";
import { erpDependencyDown } from "../alerts/erp-health-checks/erp-dependency-down";
import { erpLivenessFailing } from "../alerts/erp-health-checks/erp-liveness-failing";
import { erpProbeFailing } from "../alerts/erp-health-checks/erp-probe-failing";
import { erpPublicEndpointDown } from "../alerts/erp-health-checks/erp-public-endpoint-down";
import { erpReadinessFailing } from "../alerts/erp-health-checks/erp-readiness-failing";
import { alertIf } from "../kit/alerts/switched-off";
import {
  blackboxExporter,
  blackboxExporterJob,
  erpProbe,
  erpProbeJob,
  erpPublicProbe,
  erpPublicProbeJob,
} from "../metrics/erp-health-checks/erp-probe-metrics";
import { addresses, healthRoutes, namespaces, url } from "../settings/addresses";
import { charts } from "../settings/versions";
import { plainVersion } from "./program-versions";
import type { Subject } from "./subject";

const blackbox = {
  namespace: namespaces.monitoring,
  app: "prometheus-blackbox-exporter",
  port: addresses.blackboxExporter.port,
};
const probe = new URLSearchParams({ module: "http_2xx", target: `${url(addresses.erpApi)}${healthRoutes.ready.path}` });
const version = () => plainVersion(charts.blackboxExporter.appVersion);

/** Health checks of the ERP: by the kubelet, through its Service, and at its public hosts. */
export const erpHealthChecks: Subject = {
  name: "erp-health-checks",
  causes: ["erp-service", "erp-ingress"],
  jobs: ({ erp }) => [erpProbeJob, erp.ingress && erpPublicProbeJob, blackboxExporterJob],
  metrics: ({ environment: { erp } }) => [erpProbe, blackboxExporter, erp.ingress && erpPublicProbe],
  alerts: ({ environment: { erp } }) => [
    erpProbeFailing,
    erpReadinessFailing,
    erpLivenessFailing,
    erpDependencyDown,
    ...[erpPublicEndpointDown, erpCertificateExpires, erpCertificateExpiresSoon].map((alert) =>
      alertIf(erp.ingress, alert, "the environment does not set `erp.ingress`"),
    ),
  ],
  evidence: [
    {
      source: erpProbeJob.name,
      version,
      inCluster: { pods: blackbox, path: `/probe?${probe}`, behind: "the ERP's API" },
    },
    { source: erpPublicProbeJob.name, version },
    {
      source: blackboxExporterJob.name,
      version,
      inCluster: { pods: blackbox, behind: "its probes of the ERP's API" },
    },
  ],
  eventSeries: {
    'prober_probe_total{container="erp-api",probe_type="Readiness",result="failed"}': "a readiness probe that failed",
    'prober_probe_total{container=~"erp-api|erp-worker",probe_type="Liveness",result="failed"}':
      "a liveness probe that failed",
  },
};
