import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { deadlocks } = postgresql;

/** An occasional deadlock is retried by the program or by its user. Deadlocks from a wrong order of locks continue. */
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
  summary: "Database transactions deadlock again and again: some requests and tasks of the ERP fail.",
  description: `In the last 5 minutes, ${valueText("count", "deadlock")} occurred in the database {{ $labels.datname }} in {{ $labels.namespace }}. PostgreSQL aborts one transaction in each deadlock.`,
  scenarios: {
    "two functions lock the same rows in different orders": fires({
      given: (limit) => [
        samples(deadlocks, [holds(0, "5m"), rises((1.2 * limit) / 300, lasting("20m")), rises(0, "10m")]),
      ],
      onset: "5m",
      after: lasting("4m"),
      by: lasting("4m30s"),
      resolves: { after: lasting("20m30s"), by: lasting("21m15s") },
    }),
    "one burst of deadlocks": blip({
      given: (limit) => [samples(deadlocks, [holds(3, "5m"), rises(limit / 10, "1m"), rises(0, "20m")])],
    }),
    "a little below the limit": silent({ given: (limit) => [samples(deadlocks, [rises((0.8 * limit) / 300, "1h")])] }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});
