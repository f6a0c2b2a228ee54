/**
 * The stages of a pipeline, as Promtail's configuration has them. Only what our pipeline uses: another stage needs its
 * counterpart in `alloy.ts` first. https://grafana.com/docs/loki/latest/send-data/promtail/stages/
 */
export type Stage =
  /** Takes off the frame of the container runtime. */
  | { readonly cri: Readonly<Record<string, never>> }
  /** Puts text in the place of each group that the expression captures. */
  | { readonly replace: { readonly expression: string; readonly replace: string } }
  | { readonly limit: Limit }
  | { readonly match: { readonly selector: string; readonly stages: readonly Stage[] } }
  | { readonly json: { readonly expressions: Readonly<Record<string, string>>; readonly drop_malformed: boolean } }
  | { readonly timestamp: { readonly source: string; readonly format: string; readonly action_on_failure: string } }
  | { readonly drop: Drop }
  | { readonly structured_metadata: Readonly<Record<string, string>> }
  | { readonly labeldrop: readonly string[] };

interface Limit {
  /** Lines a second. */
  readonly rate: number;
  readonly burst: number;
  readonly by_label_name: string;
  readonly max_distinct_labels: number;
  readonly drop: boolean;
}

interface Drop {
  /** Values that are joined by the separator before they are compared. */
  readonly source: readonly string[];
  readonly separator: string;
  readonly expression: string;
  readonly drop_counter_reason: string;
}
