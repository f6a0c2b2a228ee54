import type { Slice, StoryPanel } from "../../preview/src/session";
import type { Upstream } from "./page-server";

/** The data sources of the dashboards, with the periods that they contain. */
export interface Sources {
  readonly prometheus: Upstream;
  /** The Loki that queries are sent to. @default panels with logs are empty */
  readonly loki?: Upstream;
  /** The slices of the recording. Empty for a running environment. */
  readonly slices: readonly Slice[];
  /** Panels without data in any slice. */
  readonly stories: readonly StoryPanel[];
}
