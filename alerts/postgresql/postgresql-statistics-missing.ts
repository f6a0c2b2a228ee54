import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { durationInWords } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { collectorSuccess } = postgresql;

/**
 * A role without `pg_monitor` sees only its own session, so that no alert about sessions could fire. The only sign is
 * that the collector `wal` fails.
 */
export const postgresqlStatisticsMissing = alert({
  name: "PostgresqlStatisticsMissing",
  group: "erp-availability",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-locks"],
  measure: promql`min by (namespace, collector) (${collectorSuccess})`,
  below: count(1),
  on: ["namespace", "collector"],
  for: "10m",
  summary: "The exporter cannot read some of PostgreSQL's statistics: alerts about PostgreSQL may not fire.",
  description: ({ for: lasting = "" }) =>
    `The exporter's collector {{ $labels.collector }} in {{ $labels.namespace }} has failed for ${durationInWords(lasting)}. Either the exporter's role lacks pg_monitor, or the collector waits for a locked table.`,
  scenarios: {
    "the role loses pg_monitor": fires({
      given: [
        samples(collectorSuccess, [holds(1, "5m"), holds(0, lasting("5m")), holds(1, "5m")]),
        samples(collectorSuccess, [holds(1, "25m")], { collector: "locks" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("4m45s"), by: lasting("5m") },
    }),
    "a migration locks a table for some minutes": blip({
      given: [samples(collectorSuccess, [holds(1, "5m"), holds(0, "9m"), holds(1, "5m")])],
    }),
    "the exporter has no connection": absence(
      silent({
        given: [samples(collectorSuccess, [holds(1, "5m"), gone("20m")])],
        because: "PostgresqlDown or PostgresqlConnectionsExhausted pages",
      }),
    ),
  },
});
