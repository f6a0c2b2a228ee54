import { source } from "../../kit/metrics/metric";
import { jobs } from "../jobs";

const { counter } = source(jobs.kubeletProbes);

/** How the kubelet's own probes of pods went. */
export const kubeletProbes = {
  probes: counter("prober_probe_total", ["namespace", "pod", "pod_uid", "container", "probe_type", "result"], {
    help: "Probes that the kubelet made.",
    values: {
      probe_type: ["Liveness", "Readiness", "Startup"],
      result: ["successful", "failed", "unknown"],
    },
    sample: {
      namespace: "erp",
      pod: "erp-api-0",
      pod_uid: "0",
      container: "erp-api",
      probe_type: "Readiness",
      result: "failed",
    },
  }),
};
