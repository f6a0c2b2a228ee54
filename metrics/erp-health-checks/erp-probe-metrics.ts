import { source } from "../../kit/metrics/metric";
import { type Job, jobs } from "../jobs";

/** What the blackbox exporter sees of the ERP from outside its pods. */
function probe(job: Job) {
  const { gauge } = source(job);
  return {
    success: gauge("probe_success", [], { help: "1 when the probe got the answer that it wants." }),
    duration: gauge("probe_duration_seconds", [], { help: "How long the probe took.", unit: "seconds" }),
  };
}

/** By its Service, from within the cluster. */
export const erpProbe = probe(jobs.erpProbe);

/** By its public hosts, over https. */
export const erpPublicProbe = {
  ...probe(jobs.erpPublicProbe),
  certificateExpiry: source(jobs.erpPublicProbe).gauge("probe_ssl_earliest_cert_expiry", [], {
    help: "When the first certificate of the chain that was shown expires, in Unix time.",
    unit: "seconds",
  }),
};
