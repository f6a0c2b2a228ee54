import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob, probeJob } from "../scrape-jobs";

/** Probes of the ERP through its Service, from within the cluster. */
export const erpProbeJob = probeJob("erp-probe");

/** Probes of the ERP's public hosts, over https. */
export const erpPublicProbeJob = probeJob("erp-public-probe");

/** The exporter that makes these probes. */
export const blackboxExporterJob = podJob("blackbox-exporter", "http", "blackbox-exporter", pods.blackboxExporter);

/** What the exporter says of itself. */
export const blackboxExporter = {
  configLoaded: source(blackboxExporterJob).gauge("blackbox_exporter_config_last_reload_successful", [], {
    help: "1 while it runs with the configuration that it was last given.",
  }),
};

/** What the blackbox exporter sees of the ERP from outside its pods. */
function probe(job: Job) {
  const { gauge } = source(job);
  return {
    success: gauge("probe_success", [], { help: "1 when the probe got the answer that it wants." }),
    duration: gauge("probe_duration_seconds", [], { help: "How long the probe took." }),
  };
}

/** By its Service, from within the cluster. */
export const erpProbe = probe(erpProbeJob);

/** By its public hosts, over https. */
export const erpPublicProbe = {
  ...probe(erpPublicProbeJob),
  certificateExpiry: source(erpPublicProbeJob).gauge("probe_ssl_earliest_cert_expiry", [], {
    help: "When the first certificate of the chain that was shown expires, in Unix time.",
    unit: "time",
  }),
};
