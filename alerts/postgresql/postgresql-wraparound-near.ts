import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
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
  on: ["namespace", "datname"],
  for: "10m",
  summary: "Vacuum does not keep up: PostgreSQL uses up the numbers of its transactions.",
  description: `The database {{ $labels.datname }} has used up ${valueText("ratio")} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.`,
  scenarios: {
    "something keeps vacuum from freezing": fires({
      given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "30m"),
      after: lasting("-15s"),
      by: lasting(),
    }),
    "foreign keys use up multixacts, and vacuum then frees them": fires({
      given: (limit) => [
        samples(transactionAge, [holds(0.05 * numbers, lasting("20m"))]),
        samples(multixactAge, [holds(1.1 * limit * numbers, lasting("10m")), holds(0, "10m")]),
      ],
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "vacuum catches up": blip({ given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "9m") }),
    "just under the limit": silent({
      given: (limit) => ageSamples({ transactions: 0.95 * limit, multixacts: 0.95 * limit }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});
