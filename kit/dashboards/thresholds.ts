import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";

/** Values from which a colour applies, the lowest first. */
export type Thresholds = readonly { readonly from: number | null; readonly means: "good" | "watch" | "act" }[];

/** Thresholds of values that must not rise: yellow means watch, red means act. */
export function above({
  yellow,
  red,
}: {
  /** The value from which the panel is yellow. @default the panel is never yellow */
  readonly yellow?: number;
  readonly red: number;
}): Thresholds {
  const watch = yellow === undefined ? [] : [{ from: yellow, means: "watch" as const }];
  return [{ from: null, means: "good" }, ...watch, { from: red, means: "act" }];
}

/** Thresholds of values that must not fall: yellow means watch, red means act. */
export function below({
  yellow,
  red,
}: {
  /** The value below which the panel is yellow. @default the panel is never yellow */
  readonly yellow?: number;
  readonly red: number;
}): Thresholds {
  const watch = yellow === undefined ? [] : [{ from: red, means: "watch" as const }];
  return [{ from: null, means: "act" }, ...watch, { from: yellow ?? red, means: "good" }];
}

/**
 * Whether values above a limit are bad, and a line may be drawn red there. A line that lies on its limit, such as 0 on
 * a limit of 0 or a number of pods on its minimum, is good, but Grafana would draw half of its width in red.
 */
export function isUpperLimit(thresholds: Thresholds | undefined): boolean {
  return thresholds?.[0]?.means === "good" && thresholds.every(({ from }) => from !== 0);
}

/**
 * Thresholds in Grafana's form. Without thresholds there is still one step, because Grafana's default is green, and red
 * from 80.
 *
 * @param good the colour of good values: green if the value itself is coloured, transparent in a graph whose lines have
 *   colours of their own
 */
export function thresholdsConfig(
  thresholds: Thresholds | undefined,
  good: "green" | "transparent",
): ThresholdsConfigBuilder {
  const colors = { good, watch: "yellow", act: "red" };
  const steps = thresholds?.map(({ from, means }): Threshold => ({ value: from, color: colors[means] }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps ?? [{ value: null, color: "text" }]);
}
