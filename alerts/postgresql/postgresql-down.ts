import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { up } = postgresql;

/**
 * Nothing that the ERP does goes without it. 45 seconds outlast one scrape of 30: after a restart, however short, the
 * exporter's old connection fails once.
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
  summary: "PostgreSQL is down, or lets nobody in.",
  description:
    "The exporter in {{ $labels.namespace }} gets no connection to PostgreSQL: it is down, unreachable, full, or refuses the exporter's password.",
  scenarios: {
    "the server stops": fires({
      given: [samples(up, [holds(1, "5m"), holds(0, lasting("9m15s")), holds(1, "5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m"), by: lasting("9m15s") },
    }),
    "a restart costs one scrape": blip({
      given: [samples(up, [holds(1, "5m"), holds(0, "30s"), holds(1, "5m")])],
    }),
    "a new pod of the exporter takes over, and the old one fails before it ends": silent({
      given: [
        samples(up, [holds(1, "5m"), holds(0, "2m"), gone("10m")]),
        samples(up, [gone("4m"), holds(1, "13m")], { pod: "postgresql-exporter-1" }),
      ],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(up, [holds(1, "5m"), gone("10m")])],
        because: "a target that cannot be scraped has an alert of its own",
      }),
    ),
  },
});
