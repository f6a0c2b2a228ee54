import { type Part, samples } from "../../kit/alerts/stories/samples";
import { kubeletProbes } from "../../metrics/kubernetes/kubelet-probe-metrics";

const { probes } = kubeletProbes;

export const failed = ',result="failed"';

/** Of one pod: probes that succeed, and probes that fail. */
export const podSamples = (probe_type: string, name: string, well: readonly Part[], ill: readonly Part[]) => [
  samples(probes, well, { pod: name, pod_uid: name, probe_type, result: "successful" }),
  samples(probes, ill, { pod: name, pod_uid: name, probe_type, result: "failed" }),
];
