import { type Alert, alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { shareText, valueText } from "../../kit/alerts/value-text";
import { inSeconds } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";
import { keepFiringFor, stories } from "./budget-stories";
import { type BurnRate, burnRates } from "./burn-rates";
import { allowedShare, burnRate, percent, type Slo } from "./slo";

/** What the alerts of one objective say. */
export interface BudgetForm extends Slo {
  readonly name: string;
  readonly cause: string;
  readonly summary: string;
  /** What requests did that miss it. */
  readonly missed: string;
}

/** Each has a page of its own, and without it requests fail or wait. */
const causedBy = ["erp-api", "postgresql", "redis"] as const;

/** Requests that must have missed the objective, or it is nobody's trouble but theirs. */
const leastMissed = 10;

/**
 * An alert for each burn rate. There is no `for`: the long window outlasts blips, and the short one ends the alert soon
 * after the trouble. Those that page are one cause, and the slower ones then keep quiet.
 */
export function budgetBurn(form: BudgetForm): Alert[] {
  return burnRates.map((rate) => {
    const { long, short, severity } = rate;
    const { name, cause, summary, tally } = form;
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
      description: description(form, rate),
      scenarios: stories(form, rate, leastMissed),
    });
  });
}

function description(form: BudgetForm, { factor, long }: BurnRate): string {
  const { objective, window, missed } = form;
  const days = Number((inSeconds(window) / 86_400 / factor).toPrecision(2));
  return `In the last ${long}, ${shareText(allowedShare(form))} of the requests in {{ $labels.namespace }} ${missed}, ${valueText("factor")} times as many as ${percent(objective)} in ${window} allows, and they still do. The error budget is spent in ${days} days at a factor of ${factor}.`;
}
