/**
 * The stages that our pipeline uses, in the format of Promtail's configuration. To use another stage, add its counterpart
 * in `alloy-stages.ts` first. https://grafana.com/docs/loki/latest/send-data/promtail/stages/
 */
export type Stage =
  /** Removes the prefix that the container runtime adds to a line. */
  | { readonly cri: Readonly<Record<string, never>> }
  /** Replaces each group that the expression captures. */
  | { readonly replace: { readonly expression: string; readonly replace: string } }
  | { readonly limit: Limit }
  | { readonly match: { readonly selector: string; readonly stages: readonly Stage[] } }
  | { readonly json: { readonly expressions: Readonly<Record<string, string>>; readonly drop_malformed: boolean } }
  | { readonly timestamp: { readonly source: string; readonly format: string; readonly action_on_failure: string } }
  | { readonly drop: Drop }
  | { readonly structured_metadata: Readonly<Record<string, string>> }
  | { readonly labeldrop: readonly string[] };

interface Limit {
  /** Lines per second. */
  readonly rate: number;
  readonly burst: number;
  readonly by_label_name: string;
  readonly max_distinct_labels: number;
  readonly drop: boolean;
}

interface Drop {
  /** Fields whose values are joined with the separator and then matched. */
  readonly source: readonly string[];
  readonly separator: string;
  readonly expression: string;
  readonly drop_counter_reason: string;
}
