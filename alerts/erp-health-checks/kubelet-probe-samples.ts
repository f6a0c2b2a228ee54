import { type Part, samples } from "../../kit/alerts/stories/samples";
import { kubeletProbes } from "../../metrics/kubernetes/kubelet-probe-metrics";

const { probes } = kubeletProbes;

export const failed = ',result="failed"';

/** Samples of one pod: probes that succeed, and probes that fail. */
export const podSamples = (probe_type: string, name: string, successful: readonly Part[], failing: readonly Part[]) => [
  samples(probes, successful, { pod: name, pod_uid: name, probe_type, result: "successful" }),
  samples(probes, failing, { pod: name, pod_uid: name, probe_type, result: "failed" }),
];
