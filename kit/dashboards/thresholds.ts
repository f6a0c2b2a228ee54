import {
  type Threshold as GrafanaThreshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { AnyAlert } from "../alerts/alert";
import { asDeclared, type PanelContext } from "./panel-context";

/** A value, or an alert: its limit in the environment is the value. Without the alert, there is no such threshold. */
type Threshold = number | AnyAlert;

/** The values at which a panel becomes yellow and red. */
export interface Thresholds {
  /** The side of the values that is bad. */
  readonly side: "above" | "below";
  /** The value from which somebody should watch. @default the panel is never yellow */
  readonly yellow?: Threshold;
  readonly red: Threshold;
}

/** Thresholds of values that must not rise: yellow means watch, red means act. */
export function above(values: Omit<Thresholds, "side">): Thresholds {
  return { side: "above", ...values };
}

/** Thresholds of values that must not fall: yellow means watch, red means act. */
export function below(values: Omit<Thresholds, "side">): Thresholds {
  return { side: "below", ...values };
}

/** Values from which a colour applies, the lowest first. */
export type Steps = readonly { readonly from: number | null; readonly means: "good" | "watch" | "act" }[];

/** The steps of thresholds in an environment. @returns undefined if the environment has none of their alerts */
export function stepsOf(thresholds: Thresholds | undefined, context: PanelContext): Steps | undefined {
  if (thresholds === undefined) return undefined;
  const { side } = thresholds;
  const red = thresholdValue(thresholds.red, context);
  const yellow = thresholdValue(thresholds.yellow, context);
  const bad = red === undefined ? [] : [{ from: red, means: "act" as const }];
  // A team may move the limit of a warning beyond that of the page, which then comes first.
  const isFirst = red === undefined || (yellow !== undefined && (side === "above" ? yellow < red : yellow > red));
  const colours = [...(yellow !== undefined && isFirst ? [{ from: yellow, means: "watch" as const }] : []), ...bad];
  if (colours.length === 0) return undefined;
  if (side === "above") return [{ from: null, means: "good" }, ...colours];
  // Below a limit, the colour ends at its value, where the next one begins.
  const ends = [{ means: "good" as const, from: null }, ...colours].toReversed();
  return ends.map(({ means }, index) => ({ from: ends[index - 1]?.from ?? null, means }));
}

function thresholdValue(threshold: Threshold | undefined, { deployed = asDeclared }: PanelContext): number | undefined {
  return typeof threshold === "object" ? deployed(threshold)?.limit.value : threshold;
}

/**
 * Whether values above a limit are bad, and a line may be drawn red there. A line that lies on its limit, such as 0 on
 * a limit of 0 or a number of pods on its minimum, is good, but Grafana would draw half of its width in red.
 */
export function isUpperLimit(steps: Steps | undefined): boolean {
  return steps?.[0]?.means === "good" && steps.every(({ from }) => from !== 0);
}

/**
 * Steps in Grafana's form. Without steps there is still one, because Grafana's default is green, and red from 80.
 *
 * @param good the colour of good values: green if the value itself is coloured, transparent in a graph whose lines have
 *   colours of their own
 */
export function thresholdsConfig(steps: Steps | undefined, good: "green" | "transparent"): ThresholdsConfigBuilder {
  const colors = { good, watch: "yellow", act: "red" };
  const all = steps?.map(({ from, means }): GrafanaThreshold => ({ value: from, color: colors[means] }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all ?? [{ value: null, color: "text" }]);
}
