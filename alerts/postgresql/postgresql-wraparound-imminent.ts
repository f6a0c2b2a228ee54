import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
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
  for: "5m",
  summary: "PostgreSQL will soon refuse to write, to save its data from wraparound.",
  description: `The database {{ $labels.datname }} has used up ${valueText("ratio")} of its transaction or multixact numbers; at 100 % PostgreSQL refuses to write.`,
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
      given: ageSamples({ transactions: 0.1, multixacts: 1.1 * imminent.value }, "10m"),
      after: "4m45s",
      by: "5m",
    }),
    "vacuum catches up": blip({ given: ageSamples({ transactions: 1.1 * imminent.value, multixacts: 0 }, "4m") }),
    "just under the limit": silent({
      given: ageSamples({ transactions: 0.95 * imminent.value, multixacts: 0 }, "30m"),
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlStatisticsMissing tells" })),
  },
});
