import { metadataFields } from "./metadata";
import { redaction } from "./redaction";
import type { Stage } from "./stages";
import { erpStreams } from "./streams";

/**
 * What a pod may write. The burst is more than the file holds that the kubelet lets a container write (10 MiB): of what
 * piled up while nobody read, nothing is dropped. A pod that floods is held to the rate once it has used that up.
 */
const limit = { rate: 1000, burst: 100_000, by_label_name: "pod", max_distinct_labels: 10_000, drop: true };

/** Of lines that are what `record.schema.json` says; others keep the time of the container runtime, and no metadata. */
const ofErp: readonly Stage[] = [
  { json: { expressions: themselves([...metadataFields, "timestamp", "path", "status"]), drop_malformed: false } },
  { timestamp: { source: "timestamp", format: "RFC3339Nano", action_on_failure: "skip" } },
  {
    drop: {
      source: ["path", "status"],
      separator: " ",
      // A probe that fails is no noise.
      expression: "^/(healthz/.*|metrics) [23]",
      drop_counter_reason: "probe",
    },
  },
  { structured_metadata: themselves(metadataFields) },
];

/** What happens to a log line between the file and Loki. */
export const pipeline: readonly Stage[] = [
  // Also joins the lines that the runtime split at 16 KiB.
  { cri: {} },
  { limit },
  // Before anything is taken out of the line, so that it is clean as well.
  ...redaction,
  { match: { selector: erpStreams, stages: ofErp } },
  // It changes with every rollout: as a label it would make streams without end.
  { structured_metadata: { pod: "pod" } },
  { labeldrop: ["filename"] },
];

function themselves(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
