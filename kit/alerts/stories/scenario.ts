import type { Samples } from "./samples";
import type { StoryTime } from "./story-time";

/**
 * A scenario that proves an alert. Times are relative to `onset`, the start of the trouble in the given samples (default: at
 * once). The scenario lasts as long as its longest series. Durations of trouble follow the alert's `for` (`lasting`), and
 * values follow its limit, so that the scenario stays valid when a team changes either. The duration of a blip is a claim
 * about the real world, and does not change.
 */
export type Scenario<Given = Samples> = Fires<Given> | Silent<Given>;

interface Story<Given> {
  /** The samples, or a function of the limit that returns them. */
  readonly given: readonly Given[] | ((limit: number) => readonly Given[]);
  /** The time from the start of the samples to the trouble. @default the trouble starts at once */
  readonly onset?: string;
  /**
   * Why no twins and bystanders are derived from the samples, for example for points in time: the author adds those
   * that matter. @default they are derived
   */
  readonly alone?: string;
  /** Seconds between two samples, and between two evaluations. @default the interval of the rules */
  readonly stepSeconds?: number;
}

export interface Fires<Given = Samples> extends Story<Given> {
  readonly outcome: "fires";
  /** The alert does not fire before this time. */
  readonly after: StoryTime;
  /** The alert fires at this time. */
  readonly by: StoryTime;
  /**
   * The times at which the alert resolves: it still fires at `after`, and no longer at `by`.
   * @default the scenario does not check when it resolves
   */
  readonly resolves?: { readonly after: StoryTime; readonly by: StoryTime };
  /** The required scenario that this one counts as. @default none */
  readonly shows?: Demanded;
}

export interface Silent<Given = Samples> extends Story<Given> {
  readonly outcome: "silent";
  /**
   * The reason why nobody needs to be notified, if the title does not state it. For readers only. @default the title
   * states the reason
   */
  readonly because?: string;
  /** The required scenario that this one counts as. @default none */
  readonly shows?: Demanded;
}

/** Scenarios that every alert must have, if they apply. */
export type Demanded = "blip" | "low traffic" | "absence";

export function fires<Given>(story: Omit<Fires<Given>, "outcome" | "shows">): Fires<Given> {
  return { outcome: "fires", ...story };
}

export function silent<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { outcome: "silent", ...story };
}

/** The limit is crossed, but not for long enough: the alert stays silent. */
export function blip<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { ...silent(story), shows: "blip" };
}

/** The limit is crossed, but there are few events: the alert stays silent. */
export function lowTraffic<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { ...silent(story), shows: "low traffic" };
}

/** The alert has no series to measure. */
export function absence<Given>(scenario: Scenario<Given>): Scenario<Given> {
  return { ...scenario, shows: "absence" };
}
