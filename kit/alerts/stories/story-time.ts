import { inSeconds } from "../../queries/duration";

/** A time in a story: a duration, or one that follows the alert's `for`. */
export type StoryTime = string | Lasting;

/** The alert's `for`, and so many seconds more, or fewer where they are negative. */
export interface Lasting {
  readonly secondsMore: number;
}

/**
 * As long as the condition must hold before the alert fires, and longer by a duration: `lasting("10m")`. `lasting("-15s")`
 * is 15 seconds before it has lasted.
 */
export function lasting(more = "0s"): Lasting {
  return { secondsMore: more.startsWith("-") ? -inSeconds(more.slice(1)) : inSeconds(more) };
}

/** @param forSeconds how long the condition must hold before the alert fires */
export function storySeconds(time: StoryTime, forSeconds: number): number {
  return typeof time === "string" ? inSeconds(time) : forSeconds + time.secondsMore;
}
