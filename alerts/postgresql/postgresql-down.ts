import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { up } = postgresql;

/**
 * Nothing in the ERP works without PostgreSQL. 45 seconds are longer than one scrape interval of 30: after any restart,
 * the exporter's old connection fails once.
 */
export const postgresqlDown = alert({
  name: "PostgresqlDown",
  group: "erp-availability",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql",
  measure: promql`max by (namespace) (${up})`,
  below: count(1),
  on: ["namespace"],
  for: "45s",
  summary: "PostgreSQL is down or accepts no connections: the ERP does not work.",
  description:
    "The exporter in {{ $labels.namespace }} cannot connect to PostgreSQL: the server is down, unreachable, out of connections, or rejects the exporter's password.",
  scenarios: {
    "the server stops": fires({
      given: [samples(up, [holds(1, "5m"), holds(0, lasting("9m15s")), holds(1, "5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m"), by: lasting("9m15s") },
    }),
    "one scrape fails after a restart": blip({
      given: [samples(up, [holds(1, "5m"), holds(0, "30s"), holds(1, "5m")])],
    }),
    "the old pod of the exporter fails while a new one takes over": silent({
      given: [
        samples(up, [holds(1, "5m"), holds(0, "2m"), gone("10m")]),
        samples(up, [gone("4m"), holds(1, "13m")], { pod: "postgresql-exporter-1" }),
      ],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(up, [holds(1, "5m"), gone("10m")])],
        because: "ErpTargetsDown fires",
      }),
    ),
  },
});
