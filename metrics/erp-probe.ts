import { jobs } from "./jobs";
import { source } from "./metric";

const { gauge } = source(jobs.erpProbe);

/** What the blackbox exporter sees of the ERP from outside its pods. */
export const erpProbe = {
  success: gauge("probe_success", [], { help: "1 when the probe got the answer that it wants." }),
  duration: gauge("probe_duration_seconds", [], { help: "How long the probe took.", unit: "seconds" }),
};
