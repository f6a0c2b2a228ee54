import { metadataFields } from "./metadata";
import { redaction } from "./redaction";
import type { Stage } from "./stages";
import { erpStreams } from "./streams";

/** Lines of the ERP in a mebibyte of a file: more than there are, because the shortest one has 157 bytes. */
const linesPerMebibyte = 7500;

/**
 * Rate limit for each pod. The burst is larger than the two log files of a container that the agent can read after an
 * outage, so that nothing is dropped of the lines that collected while no agent was reading. A pod that continues to
 * exceed the rate is limited once it has used up the burst.
 */
function limit(fileBytes: number): Stage {
  const burst = Math.ceil(2 * (fileBytes / 2 ** 20) * linesPerMebibyte);
  return { limit: { rate: 1000, burst, by_label_name: "pod", max_distinct_labels: 10_000, drop: true } };
}

/**
 * Stages for lines of the ERP, which conform to `record.schema.json`. Other lines keep the time of the container
 * runtime and have no metadata.
 */
const ofErp: readonly Stage[] = [
  { json: { expressions: sameNames([...metadataFields, "timestamp", "path", "status"]), drop_malformed: false } },
  { timestamp: { source: "timestamp", format: "RFC3339Nano", action_on_failure: "skip" } },
  {
    drop: {
      source: ["path", "status"],
      separator: " ",
      // Probes that fail are kept.
      expression: "^/(healthz/.*|metrics) [23]",
      drop_counter_reason: "probe",
    },
  },
  { structured_metadata: sameNames(metadataFields) },
];

/**
 * Stages that process a log line between its file and Loki.
 *
 * @param fileBytes size at which the kubelet rotates the log file of a container
 */
export function pipeline(fileBytes: number): readonly Stage[] {
  return [
    // Also joins lines that the container runtime split at 16 KiB.
    { cri: {} },
    limit(fileBytes),
    // Before fields are extracted from the line, so that they contain no secrets either.
    ...redaction,
    { match: { selector: erpStreams, stages: ofErp } },
    // The pod changes with every rollout: as a label it would create ever new streams.
    { structured_metadata: { pod: "pod" } },
    { labeldrop: ["filename"] },
  ];
}

function sameNames(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
