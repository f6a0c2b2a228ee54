import { inSeconds } from "../../queries/duration";

/** A time in a scenario: a duration, or one relative to the alert's `for`. */
export type StoryTime = string | Lasting;

/** The alert's `for`, plus this number of seconds, which may be negative. */
export interface Lasting {
  readonly secondsMore: number;
}

/**
 * The time for which the condition must hold before the alert fires, plus a duration: `lasting("10m")`. `lasting("-15s")`
 * is 15 seconds before the end of that time.
 */
export function lasting(more = "0s"): Lasting {
  return { secondsMore: more.startsWith("-") ? -inSeconds(more.slice(1)) : inSeconds(more) };
}

/** @param forSeconds time for which the condition must hold before the alert fires */
export function storySeconds(time: StoryTime, forSeconds: number): number {
  return typeof time === "string" ? inSeconds(time) : forSeconds + time.secondsMore;
}
