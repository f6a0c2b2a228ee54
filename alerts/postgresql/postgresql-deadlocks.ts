import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { deadlocks } = postgresql;

/** One now and then is retried, or tried again by its user. An order of locking that is wrong goes on. */
export const postgresqlDeadlocks = alert({
  name: "PostgresqlDeadlocks",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  measure: promql`sum by (namespace, datname) (increase(${deadlocks}[5m]))`,
  above: count(2),
  on: ["namespace", "datname"],
  for: "10m",
  summary: "Transactions deadlock again and again, and PostgreSQL fails one of each.",
  description: `${valueText("count", "deadlock")} in 5 minutes in the database {{ $labels.datname }}, and no end.`,
  scenarios: {
    "two functions lock the same rows in different order": fires({
      given: (limit) => [
        samples(deadlocks, [holds(0, "5m"), rises((1.2 * limit) / 300, lasting("20m")), rises(0, "10m")]),
      ],
      onset: "5m",
      after: lasting("4m"),
      by: lasting("4m30s"),
      resolves: { after: lasting("20m30s"), by: lasting("21m15s") },
    }),
    "a burst": blip({
      given: (limit) => [samples(deadlocks, [holds(3, "5m"), rises(limit / 10, "1m"), rises(0, "20m")])],
    }),
    "one now and then": silent({ given: (limit) => [samples(deadlocks, [rises((0.8 * limit) / 300, "1h")])] }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});
