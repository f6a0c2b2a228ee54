import { closed } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeletJob } from "../scrape-jobs";

export const kubeletProbeJob = kubeletJob("kubelet-probes", "/metrics/probes");

const { counter } = source(kubeletProbeJob, clusterObjects);

/** Results of the kubelet's probes of pods. */
export const kubeletProbes = {
  probes: counter("prober_probe_total", ["namespace", "pod", "pod_uid", "container", "probe_type", "result"], {
    help: "Probes by the kubelet.",
    values: {
      probe_type: ["Liveness", "Readiness", "Startup"],
      result: closed(["successful", "failed"], { "a probe that the kubelet could not run": ["unknown"] }),
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
