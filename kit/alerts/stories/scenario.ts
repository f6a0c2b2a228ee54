import type { Samples } from "./samples";
import type { StoryTime } from "./story-time";

/**
 * A story that proves an alert. Times are since `onset`, which is where the trouble starts in what is given (default: at
 * once). What is given goes on for as long as its longest series. When the alert fires, and how long its trouble goes on,
 * follow its `for` (`lasting`), and values follow its limit, so that the story stays true when a team changes either. How
 * long a blip goes on is a claim about the world, and stays as it is.
 */
export type Scenario<Given = Samples> = Fires<Given> | Silent<Given>;

interface Story<Given> {
  /** What is there, or a function of the limit that gives it. */
  readonly given: readonly Given[] | ((limit: number) => readonly Given[]);
  /** The time at which the trouble starts, since the start of the samples. @default the trouble starts at once */
  readonly onset?: string;
  /**
   * Why no twins and bystanders are derived from what is given, such as points in time: the author gives those that matter.
   * @default they are derived
   */
  readonly alone?: string;
  /** The seconds that lie between two samples, and between two evaluations. @default the interval of the rules */
  readonly stepSeconds?: number;
}

export interface Fires<Given = Samples> extends Story<Given> {
  readonly outcome: "fires";
  /** Nothing fires up to here. */
  readonly after: StoryTime;
  /** It fires here. */
  readonly by: StoryTime;
  /**
   * The times at which the alert ends: it still fires at `after`, and no longer at `by`.
   * @default the scenario does not watch its end
   */
  readonly resolves?: { readonly after: StoryTime; readonly by: StoryTime };
  /** The demanded scenario that this one counts as. @default it is none of the demanded ones */
  readonly shows?: Demanded;
}

export interface Silent<Given = Samples> extends Story<Given> {
  readonly outcome: "silent";
  /**
   * The reason for which nobody needs to be notified, where the title does not state it. Only readers use it.
   * @default the title states the reason
   */
  readonly because?: string;
  /** The demanded scenario that this one counts as. @default it is none of the demanded ones */
  readonly shows?: Demanded;
}

/** Stories that every alert must tell, where they apply. */
export type Demanded = "blip" | "low traffic" | "absence";

export function fires<Given>(story: Omit<Fires<Given>, "outcome" | "shows">): Fires<Given> {
  return { outcome: "fires", ...story };
}

export function silent<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { outcome: "silent", ...story };
}

/** The limit is crossed, but not for long enough, so the alert stays silent. */
export function blip<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { ...silent(story), shows: "blip" };
}

/** The limit is crossed, but there are few events, so the alert stays silent. */
export function lowTraffic<Given>(story: Omit<Silent<Given>, "outcome" | "shows">): Silent<Given> {
  return { ...silent(story), shows: "low traffic" };
}

/** What the alert measures is not there at all. */
export function absence<Given>(scenario: Scenario<Given>): Scenario<Given> {
  return { ...scenario, shows: "absence" };
}
