import { type Promql, promql } from "../../kit/queries/query";
import type { Tally, Window } from "../../metrics/erp-slos/request-tallies";
import type { Inventory } from "../../metrics/inventory";

/** An objective of the environment, and the requests that are counted for it. */
export interface Slo {
  readonly objective: number;
  /** Period over which the objective must be met, such as `30d`. */
  readonly window: string;
  readonly tally: Tally;
}

/** Objectives of an environment. */
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

/** Share of requests that may miss the objective. */
export function allowedShare({ objective }: Pick<Slo, "objective">): number {
  return Number((1 - objective).toPrecision(6));
}

/** Share of requests that missed the objective. It is 0 without requests. */
export function missedShare({ tally }: Slo, window: Window | "period", only = ""): Promql {
  const { all, missed } = tally;
  return promql`${missed[window]}${only} / clamp_min(${all[window]}${only}, 1)`;
}

/**
 * Burn rate: how many times faster than allowed the error budget was spent. At 1, the budget lasts exactly as long as
 * the objective's period.
 */
export function burnRate(slo: Slo, window: Window | "period", only?: string): Promql {
  return promql`${missedShare(slo, window, only)} / ${allowedShare(slo)}`;
}

/** Share of the error budget that is left. Below 0, the objective is missed. */
export function budgetLeft(slo: Slo, only?: string): Promql {
  return promql`1 - ${burnRate(slo, "period", only)}`;
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
