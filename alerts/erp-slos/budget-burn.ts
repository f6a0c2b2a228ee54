import { type Alert, alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { shareText, valueText } from "../../kit/alerts/value-text";
import { durationInWords, inSeconds } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";
import type { Window } from "../../metrics/erp-slos/request-tallies";
import { keepFiringFor, stories } from "./budget-stories";
import { burnRates } from "./burn-rates";
import { allowedShare, burnRate, percent, type Slo } from "./slo";

/** Fields that the alerts of one objective share. */
export interface BudgetForm extends Slo {
  readonly name: string;
  readonly cause: string;
  readonly summary: string;
  /** Predicate for requests that miss the objective, such as "failed". */
  readonly missed: string;
  /** Causes that have their own page and that make requests miss the objective. */
  readonly causedBy: readonly string[];
}

/** Fewest requests that must miss the objective before the alert fires. */
const leastMissed = 10;

/**
 * One alert for each burn rate. There is no `for`: the long window ignores blips, and the short one resolves the alert
 * soon after the problem. The alerts that page are a cause, so that they inhibit the alerts of slower burn rates.
 */
export function budgetBurn(form: BudgetForm): Alert[] {
  return burnRates.map((rate) => {
    const { long, short, severity } = rate;
    const { name, cause, causedBy, summary, tally } = form;
    return alert({
      name,
      group: "erp-slo",
      labels: { window: long },
      severity,
      service: "erp-api",
      team: "erp",
      ...(severity === "critical" ? { cause, causedBy } : { causedBy: [cause, ...causedBy] }),
      measure: burnRate(form, long),
      confirmedBy: burnRate(form, short),
      above: factor(rate.factor),
      provided: promql`${tally.missed[long]} > ${leastMissed}`,
      on: ["namespace"],
      keepFiringFor,
      summary,
      description: ({ limit }) => description(form, rate.long, limit.value),
      scenarios: stories(form, rate, leastMissed),
    });
  });
}

function description(form: BudgetForm, long: Window, factor: number): string {
  const { objective, window, missed } = form;
  const days = Number((inSeconds(window) / 86_400 / factor).toPrecision(2));
  return `In the last ${durationInWords(long).replace(/^1 /, "")}, ${shareText(allowedShare(form))} of the requests in {{ $labels.namespace }} ${missed}, ${valueText("factor")} times as many as the objective of ${percent(objective)} in ${durationInWords(window)} allows. The problem continues. At a burn rate of ${factor}, the error budget is used up in ${days} days.`;
}
