/**
 * A table of columns, as Grafana's panels read it: the DataFrame of @grafana/data without its functions.
 * @see https://grafana.com/developers/dataplane/
 */
export interface Frame {
  readonly refId: string;
  readonly name?: string;
  readonly fields: readonly FrameField[];
  readonly meta?: { readonly type?: string };
}

/** @see https://grafana.com/developers/dataplane/ */
export interface FrameField {
  readonly name: string;
  readonly type: "time" | "number" | "string" | "other";
  readonly values: readonly unknown[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly config: { readonly displayNameFromDS?: string; readonly interval?: number };
}
