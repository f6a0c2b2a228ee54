import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { ageSamples, availableIds, usedShare } from "./wraparound-age";

const { transactionAge, multixactAge } = postgresql;

/**
 * By default, PostgreSQL starts a freezing vacuum when 9 % of the transaction IDs or 19 % of the multixact IDs are
 * used. Above 25 %, vacuum is falling behind.
 */
const behind = ratio(0.25);

export const postgresqlWraparoundNear = alert({
  name: "PostgresqlWraparoundNear",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-wraparound"],
  measure: usedShare,
  above: behind,
  on: ["namespace", "datname"],
  for: "10m",
  summary: "PostgreSQL's vacuum does not keep up: transaction IDs are running out.",
  description: `The database {{ $labels.datname }} in {{ $labels.namespace }} has used ${valueText("ratio")} of its transaction or multixact IDs. At 100% PostgreSQL refuses writes.`,
  scenarios: {
    "a session prevents vacuum from freezing rows": fires({
      given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "30m"),
      after: lasting("-15s"),
      by: lasting(),
    }),
    "foreign keys use many multixact IDs until vacuum runs": fires({
      given: (limit) => [
        samples(transactionAge, [holds(0.05 * availableIds, lasting("20m"))]),
        samples(multixactAge, [holds(1.1 * limit * availableIds, lasting("10m")), holds(0, "10m")]),
      ],
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "vacuum catches up": blip({ given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "9m") }),
    "just below the limit": silent({
      given: (limit) => ageSamples({ transactions: 0.95 * limit, multixacts: 0.95 * limit }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing fires" })),
  },
});
