import { type Promql, promql } from "../../kit/queries/query";
import type { Tally, Window } from "../../metrics/erp-slos/request-tallies";
import type { Inventory } from "../../metrics/inventory";

/** An objective as the environment has it, and the requests that tell whether it is met. */
export interface Slo {
  readonly objective: number;
  /** In which it is to be met. */
  readonly window: string;
  readonly tally: Tally;
}

/** The objectives of an environment. */
export function slosOf({ environment, tallies }: Pick<Inventory, "environment" | "tallies">): {
  readonly availability: Slo;
  readonly latency: Slo;
} {
  const { availability, latency } = environment.erp.slos;
  return {
    availability: { ...availability, tally: tallies.availability },
    latency: { ...latency, tally: tallies.latency },
  };
}

/** The share of requests that may miss it. */
export function allowedShare({ objective }: Pick<Slo, "objective">): number {
  return Number((1 - objective).toPrecision(6));
}

/** The share of requests that missed it; of no requests, none. */
export function missedShare({ tally }: Slo, window: Window | "period", only = ""): Promql {
  const { all, missed } = tally;
  return promql`${missed[window]}${only} / clamp_min(${all[window]}${only}, 1)`;
}

/** How many times as fast as it may the budget was spent: at 1 it lasts exactly as long as the objective says. */
export function burnRate(slo: Slo, window: Window | "period", only?: string): Promql {
  return promql`${missedShare(slo, window, only)} / ${allowedShare(slo)}`;
}

/** The share of the budget that is left; below 0, the objective is missed. */
export function budgetLeft(slo: Slo, only?: string): Promql {
  return promql`1 - ${burnRate(slo, "period", only)}`;
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
