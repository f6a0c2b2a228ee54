import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { ageSamples, availableIds, usedShare } from "./wraparound-age";

const { transactionAge, multixactAge } = postgresql;

/** From about this share on, PostgreSQL's own failsafe skips everything else and vacuums as fast as it can. */
const imminent = ratio(0.75);

export const postgresqlWraparoundImminent = alert({
  name: "PostgresqlWraparoundImminent",
  group: "erp-saturation",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-wraparound",
  measure: usedShare,
  above: imminent,
  on: ["namespace", "datname"],
  for: "5m",
  summary: "PostgreSQL will soon refuse all writes to prevent transaction ID wraparound.",
  description: `The database {{ $labels.datname }} in {{ $labels.namespace }} has used ${valueText("ratio")} of its transaction or multixact IDs. At 100% PostgreSQL refuses writes.`,
  scenarios: {
    "transaction IDs run out": fires({
      given: (limit) => [
        samples(transactionAge, [holds(1.1 * limit * availableIds, lasting("15m")), holds(0, "10m")]),
        samples(multixactAge, [holds(0, lasting("25m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "multixact IDs run out": fires({
      given: (limit) => ageSamples({ transactions: 0.1, multixacts: 1.1 * limit }, "10m"),
      after: lasting("-15s"),
      by: lasting(),
    }),
    "vacuum catches up": blip({ given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "4m") }),
    "just below the limit": silent({
      given: (limit) => ageSamples({ transactions: 0.95 * limit, multixacts: 0 }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing fires" })),
  },
});
