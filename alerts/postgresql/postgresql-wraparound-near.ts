import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { ageSamples, numbers, usedUp } from "./wraparound-age";

const { transactionAge, multixactAge } = postgresql;

/** Vacuum begins in time at 9 % of transactions and 19 % of multixacts, by PostgreSQL's defaults: beyond, it falls behind. */
const behind = ratio(0.25);

export const postgresqlWraparoundNear = alert({
  name: "PostgresqlWraparoundNear",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-wraparound"],
  measure: usedUp,
  above: behind,
  for: "10m",
  summary: "Vacuum does not keep up: PostgreSQL uses up the numbers of its transactions.",
  description: `The database {{ $labels.datname }} has used up ${valueText("ratio")} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.`,
  scenarios: {
    "something keeps vacuum from freezing": fires({
      given: ageSamples({ transactions: 1.1 * behind.value, multixacts: 0 }, "30m"),
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
    "vacuum catches up": blip({ given: ageSamples({ transactions: 1.1 * behind.value, multixacts: 0 }, "9m") }),
    "just under the limit": silent({
      given: ageSamples({ transactions: 0.95 * behind.value, multixacts: 0.95 * behind.value }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});
