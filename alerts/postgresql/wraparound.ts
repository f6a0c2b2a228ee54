import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { transactionAge, multixactAge } = postgresql;

/** Numbers of transactions, and of multixacts, after which PostgreSQL can no longer tell old from new. */
const numbers = 2 ** 31;

/** Share that is used up of transactions or of multixacts, whichever is more. */
const usedUp = promql`max by (namespace, datname) (${transactionAge} >= ${multixactAge} or ${multixactAge}) / ${numbers}`;

/** Vacuum begins in time at 9 % of transactions and 19 % of multixacts, by PostgreSQL's defaults: beyond, it falls behind. */
const behind = ratio(0.25);
/** Here PostgreSQL itself drops all else and vacuums as fast as it can. */
const imminent = ratio(0.75);

export const postgresqlWraparoundNear = alert({
  name: "PostgresqlWraparoundNear",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-wraparound"],
  measure: usedUp,
  above: behind,
  for: "10m",
  summary: "Vacuum does not keep up: PostgreSQL uses up the numbers of its transactions.",
  description:
    "The database {{ $labels.datname }} has used up {{ $value | humanizePercentage }} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.",
  scenarios: {
    "something keeps vacuum from freezing": fires({
      given: ages({ transactions: 1.1 * behind.value, multixacts: 0 }, "30m"),
      after: "9m45s",
      by: "10m",
    }),
    "foreign keys use up multixacts, and vacuum then frees them": fires({
      given: [
        samples(transactionAge, [holds(0.05 * numbers, "30m")]),
        samples(multixactAge, [holds(1.1 * behind.value * numbers, "20m"), holds(0, "10m")]),
      ],
      after: "9m45s",
      by: "10m",
      resolves: { after: "19m45s", by: "20m" },
    }),
    "vacuum catches up": blip({ given: ages({ transactions: 1.1 * behind.value, multixacts: 0 }, "9m") }),
    "just under the limit": silent({
      given: ages({ transactions: 0.95 * behind.value, multixacts: 0.95 * behind.value }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});

export const postgresqlWraparoundImminent = alert({
  name: "PostgresqlWraparoundImminent",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-wraparound",
  measure: usedUp,
  above: imminent,
  for: "5m",
  summary: "PostgreSQL will soon refuse to write, to save its data from wraparound.",
  description:
    "The database {{ $labels.datname }} has used up {{ $value | humanizePercentage }} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.",
  scenarios: {
    "nobody heeds the warning": fires({
      given: [
        samples(transactionAge, [holds(1.1 * imminent.value * numbers, "20m"), holds(0, "10m")]),
        samples(multixactAge, [holds(0, "30m")]),
      ],
      after: "4m45s",
      by: "5m",
      resolves: { after: "19m45s", by: "20m" },
    }),
    "the same by multixacts": fires({
      given: ages({ transactions: 0.1, multixacts: 1.1 * imminent.value }, "10m"),
      after: "4m45s",
      by: "5m",
    }),
    "vacuum catches up": blip({ given: ages({ transactions: 1.1 * imminent.value, multixacts: 0 }, "4m") }),
    "just under the limit": silent({ given: ages({ transactions: 0.95 * imminent.value, multixacts: 0 }, "30m") }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});

/** Shares of the numbers that one database has used up. */
function ages({ transactions, multixacts }: { transactions: number; multixacts: number }, time: string) {
  return [
    samples(transactionAge, [holds(transactions * numbers, time)]),
    samples(multixactAge, [holds(multixacts * numbers, time)]),
  ];
}
