import type { Slice, ToldPanel } from "../../preview/src/session";
import type { Upstream } from "./page-server";

/** Who answers the queries of the dashboards, and what there is to see. */
export interface Sources {
  readonly prometheus: Upstream;
  /** The Loki that is asked. @default panels about logs are empty */
  readonly loki?: Upstream;
  /** The parts of a recording. Empty where a running environment is asked. */
  readonly slices: readonly Slice[];
  /** Panels that no slice fills. */
  readonly stories: readonly ToldPanel[];
}
