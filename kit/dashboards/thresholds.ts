import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";

/** From which value on what colour is meant, the lowest first. */
export type Thresholds = readonly { readonly from: number | null; readonly means: "well" | "watch" | "act" }[];

/** Bad when it rises: yellow asks to watch, red to act. */
export function above({
  yellow,
  red,
}: {
  /** The value from which on the panel asks to watch. @default the panel is never yellow */
  readonly yellow?: number;
  readonly red: number;
}): Thresholds {
  const watch = yellow === undefined ? [] : [{ from: yellow, means: "watch" as const }];
  return [{ from: null, means: "well" }, ...watch, { from: red, means: "act" }];
}

/** Bad when it falls below. */
export function below({
  yellow,
  red,
}: {
  /** The value below which the panel asks to watch. @default the panel is never yellow */
  readonly yellow?: number;
  readonly red: number;
}): Thresholds {
  const watch = yellow === undefined ? [] : [{ from: red, means: "watch" as const }];
  return [{ from: null, means: "act" }, ...watch, { from: yellow ?? red, means: "well" }];
}

/**
 * `well` is green where the value itself is coloured, and nothing where it would only tint a graph's background.
 * Without thresholds there is still one step, for Grafana would make up its own: green, and red from 80.
 */
export function thresholdsConfig(
  thresholds: Thresholds | undefined,
  well: "green" | "transparent",
): ThresholdsConfigBuilder {
  const colors = { well, watch: "yellow", act: "red" };
  const steps = thresholds?.map(({ from, means }): Threshold => ({ value: from, color: colors[means] }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps ?? [{ value: null, color: "text" }]);
}
