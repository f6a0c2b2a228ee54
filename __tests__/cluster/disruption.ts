/** A disruption of the ERP or of one of its servers. */
export interface Disruption {
  readonly begin: () => void;
  /** Undoes the disruption completely. Does nothing if it has not started. */
  readonly end: () => void;
}
