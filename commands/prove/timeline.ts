/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** A series in the result of an expression, with its values by the second of the evaluation. */
export interface EvaluatedSeries {
  readonly labels: Labels;
  readonly values: ReadonlyMap<number, number>;
}

/** State of an alert at one evaluation. */
export type State = "silent" | "pending" | "firing";

/** The states of an alert for one set of labels. */
export interface AlertStates {
  readonly labels: Labels;
  readonly states: ReadonlyMap<number, State>;
}

/** Values and states in a scenario at each evaluation. Seconds count from its start. */
export interface Timeline {
  /** Seconds of the evaluations. */
  readonly seconds: readonly number[];
  /** The series of the measure, and the series of `confirmedBy` if the alert has it. */
  readonly measures: readonly (readonly EvaluatedSeries[])[];
  /** The series for which `provided` holds. @default the alert has no `provided` */
  readonly provided?: readonly EvaluatedSeries[];
  /** The states of the alert for each set of labels that was pending or firing. */
  readonly alerts: readonly AlertStates[];
}

/** The most severe state of the alerts at an evaluation. */
export function stateAt(alerts: readonly AlertStates[], second: number): State {
  return mostSevere(alerts.map((alert) => alert.states.get(second))) ?? "silent";
}

/** @returns undefined for no states */
export function mostSevere(states: readonly (State | undefined)[]): State | undefined {
  return (["firing", "pending", "silent"] as const).find((state) => states.includes(state));
}

/** A time during which a state does not change. */
export interface Period {
  readonly state: State;
  /** Second of the first evaluation in this state. */
  readonly from: number;
  /** Second of the first evaluation in another state. @default the state lasts to the end of the scenario */
  readonly to?: number;
}

/** The states of the alerts one after another. */
export function periods(alerts: readonly AlertStates[], seconds: readonly number[]): readonly Period[] {
  return seconds.reduce<readonly Period[]>((before, second) => {
    const state = stateAt(alerts, second);
    const last = before.at(-1);
    if (last?.state === state) return before;
    return [...before.slice(0, -1), ...(last ? [{ ...last, to: second }] : []), { state, from: second }];
  }, []);
}
