import type { AnyAlert } from "../alerts/alert";
import type { Remark } from "../alerts/overrides";
import type { Logql, Promql } from "../queries/query";

/** Properties of an environment that its panels need. */
export interface PanelContext {
  /** Address of the runbooks, which are at `<base>/<alert>.md`. */
  readonly runbookBaseUrl: string;
  /** Whether the data that a query needs is still kept. @default all data is kept */
  readonly isKept?: (query: Pick<Promql | Logql, "language" | "text">) => boolean;
  /**
   * The alert as the environment has it: undefined if the environment switches it off.
   * @default every alert is as it is declared
   */
  readonly deployed?: (alert: AnyAlert) => AnyAlert | undefined;
  /**
   * Sentences about alerts that the environment changes: descriptions of panels that name the alert end with it.
   * @default none
   */
  readonly remarks?: readonly Remark[];
}

/** The alert of an environment that changes no alert. */
export function asDeclared(alert: AnyAlert): AnyAlert {
  return alert;
}
