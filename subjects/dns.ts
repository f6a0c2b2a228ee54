import { clusterDnsFailing } from "../alerts/dns/cluster-dns-failing";
import { dnsProbeJob, dns as metrics } from "../metrics/dns/dns-metrics";
import { charts } from "../settings/versions";
import { plainVersion } from "./program-versions";
import type { Subject } from "./subject";

/** DNS of the cluster, by which programs find each other and the receivers of notifications. */
export const dns: Subject = {
  name: "dns",
  causes: ["dns"],
  jobs: () => [dnsProbeJob],
  metrics: () => [metrics],
  alerts: () => [clusterDnsFailing],
  evidence: [{ source: dnsProbeJob.name, version: () => plainVersion(charts.blackboxExporter.appVersion) }],
};
