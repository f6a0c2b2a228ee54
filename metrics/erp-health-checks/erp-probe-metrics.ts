import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob, probeJob } from "../scrape-jobs";

/** Probes of the ERP through its Service, from inside the cluster. */
export const erpProbeJob = probeJob("erp-probe");

/** Probes of the ERP's public hosts, over https. */
export const erpPublicProbeJob = probeJob("erp-public-probe");

/** The blackbox exporter, which makes the probes. */
export const blackboxExporterJob = podJob("blackbox-exporter", "http", "blackbox-exporter", pods.blackboxExporter);

/** Metrics that the blackbox exporter exposes about itself. */
export const blackboxExporter = {
  configLoaded: source(blackboxExporterJob).gauge("blackbox_exporter_config_last_reload_successful", [], {
    help: "1 if the exporter runs with its newest configuration.",
  }),
};

/** Metrics of the probes of one job. */
function probe(job: Job) {
  const { gauge } = source(job);
  return {
    success: gauge("probe_success", [], { help: "1 if the probe succeeded." }),
    duration: gauge("probe_duration_seconds", [], { help: "Duration of the probe." }),
  };
}

/** Metrics of probes of the ERP's Service, from inside the cluster. */
export const erpProbe = probe(erpProbeJob);

/** Metrics of probes of the ERP's public hosts, over https. */
export const erpPublicProbe = {
  ...probe(erpPublicProbeJob),
  certificateExpiry: source(erpPublicProbeJob).gauge("probe_ssl_earliest_cert_expiry", [], {
    help: "Unix time at which the first certificate of the presented chain expires.",
    unit: "time",
  }),
};
