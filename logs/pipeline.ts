/**
 * What happens to a log line between the file and Loki, in Promtail's stage names.
 * https://grafana.com/docs/loki/latest/send-data/promtail/stages/
 */
export const pipelineStages = [
  // Takes off the container runtime's frame, and joins the lines that it split at 16 KiB.
  { cri: {} },
  {
    match: {
      selector: '{app=~"erp-.+"}',
      stages: [
        {
          json: {
            expressions: Object.fromEntries(
              ["timestamp", "level", "request_id", "trace_id", "span_id", "user_id", "organization_id", "task_id"].map(
                (key) => [key, key],
              ),
            ),
            drop_malformed: false,
          },
        },
        { timestamp: { source: "timestamp", format: "RFC3339Nano", action_on_failure: "fudge" } },
        {
          structured_metadata: Object.fromEntries(
            ["request_id", "trace_id", "span_id", "user_id", "organization_id", "task_id"].map((key) => [key, key]),
          ),
        },
      ],
    },
  },
  // Both change with every rollout: as labels they would make streams without end. The name can be searched beside the line.
  { structured_metadata: { pod: "pod" } },
  { labeldrop: ["pod", "filename"] },
] as const;
