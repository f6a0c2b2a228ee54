import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { openConnections, serverSamples, used } from "./connections-used";

const { sessions, maxConnections, reservedConnections } = postgresql;

export const postgresqlConnectionsExhausted = alert({
  name: "PostgresqlConnectionsExhausted",
  group: "erp-saturation",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-connections",
  measure: used,
  above: ratio(0.95),
  on: ["namespace"],
  for: "2m",
  summary: "PostgreSQL has no connections left: it refuses new ones.",
  description: `${valueText("ratio")} of the connections that PostgreSQL admits in {{ $labels.namespace }} are open. Pods that start, and pools that grow, are refused.`,
  scenarios: {
    "every connection is taken": fires({
      given: serverSamples(openConnections(0.5, "5m"), openConnections(1, lasting("8m")), openConnections(0.5, "5m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("7m45s"), by: lasting("8m") },
    }),
    "all 17 of a small server are taken, as was measured: 16, and the one that asks": fires({
      given: [
        samples(maxConnections, [holds(20, lasting("8m"))]),
        samples(reservedConnections, [holds(3, lasting("8m"))]),
        samples(sessions, [holds(16, lasting("8m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "a burst": blip({
      given: serverSamples(openConnections(0.5, "5m"), openConnections(1, "1m45s"), openConnections(0.5, "5m")),
    }),
    "just under the limit": silent({ given: (limit) => serverSamples(openConnections(0.97 * limit, "10m")) }),
    "the server restarts, and its sessions are gone": absence(
      silent({
        given: [samples(sessions, [openConnections(0.9, "5m"), gone("10m")])],
        because: "PostgresqlDown pages",
      }),
    ),
  },
});
