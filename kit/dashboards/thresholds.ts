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
 * Whether values above a limit are bad. A line that rests on its limit, as 0 does on a limit of 0 and a count of pods on
 * the least that there may be, is well, but Grafana would draw half of its width in red.
 */
export function isExceeded(thresholds: Thresholds | undefined): boolean {
  return thresholds?.[0]?.means === "well" && thresholds.every(({ from }) => from !== 0);
}

/**
 * `well` is green where the value itself is coloured, and nothing in a graph whose lines have colours of their own.
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
