import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { ageSamples, numbers, usedUp } from "./wraparound-age";

const { transactionAge, multixactAge } = postgresql;

/** Here PostgreSQL itself drops all else and vacuums as fast as it can. */
const imminent = ratio(0.75);

export const postgresqlWraparoundImminent = alert({
  name: "PostgresqlWraparoundImminent",
  group: "erp-saturation",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-wraparound",
  measure: usedUp,
  above: imminent,
  on: ["namespace", "datname"],
  for: "5m",
  summary: "PostgreSQL will soon refuse to write, to save its data from wraparound.",
  description: `The database {{ $labels.datname }} has used up ${valueText("ratio")} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.`,
  scenarios: {
    "nobody heeds the warning": fires({
      given: (limit) => [
        samples(transactionAge, [holds(1.1 * limit * numbers, lasting("15m")), holds(0, "10m")]),
        samples(multixactAge, [holds(0, lasting("25m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "the same by multixacts": fires({
      given: (limit) => ageSamples({ transactions: 0.1, multixacts: 1.1 * limit }, "10m"),
      after: lasting("-15s"),
      by: lasting(),
    }),
    "vacuum catches up": blip({ given: (limit) => ageSamples({ transactions: 1.1 * limit, multixacts: 0 }, "4m") }),
    "just under the limit": silent({
      given: (limit) => ageSamples({ transactions: 0.95 * limit, multixacts: 0 }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});
