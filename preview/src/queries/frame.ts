/** A table of columns, as Grafana's panels take it: @grafana/data's DataFrame without its functions. */
export interface Frame {
  readonly refId: string;
  readonly name?: string;
  readonly fields: readonly FrameField[];
  readonly meta?: { readonly type?: string; readonly custom?: object };
}

export interface FrameField {
  readonly name: string;
  readonly type: "time" | "number" | "string" | "other";
  readonly values: readonly unknown[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly config: { readonly displayNameFromDS?: string; readonly interval?: number; readonly unit?: string };
}
