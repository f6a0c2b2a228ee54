import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { connectionsUsed, openConnections, serverSamples } from "./connections-used";

const { sessions, maxConnections, reservedConnections } = postgresql;

export const postgresqlConnectionsExhausted = alert({
  name: "PostgresqlConnectionsExhausted",
  group: "erp-saturation",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-connections",
  measure: connectionsUsed,
  above: ratio(0.95),
  on: ["namespace"],
  for: "2m",
  summary: "PostgreSQL has no connections left: the ERP cannot open new ones.",
  description: `${valueText("ratio")} of the connections that PostgreSQL allows in {{ $labels.namespace }} are open. New pods and growing pools get no connection.`,
  scenarios: {
    "every connection is in use": fires({
      given: serverSamples(openConnections(0.5, "5m"), openConnections(1, lasting("8m")), openConnections(0.5, "5m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("7m45s"), by: lasting("8m") },
    }),
    "all 17 connections of a small server are in use, the exporter's included": fires({
      given: [
        samples(maxConnections, [holds(20, lasting("8m"))]),
        samples(reservedConnections, [holds(3, lasting("8m"))]),
        samples(sessions, [holds(16, lasting("8m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "all connections are in use for less than two minutes": blip({
      given: serverSamples(openConnections(0.5, "5m"), openConnections(1, "1m45s"), openConnections(0.5, "5m")),
    }),
    "just below the limit": silent({ given: (limit) => serverSamples(openConnections(0.97 * limit, "10m")) }),
    "the server restarts and its sessions are gone": absence(
      silent({
        given: [samples(sessions, [openConnections(0.9, "5m"), gone("10m")])],
        because: "PostgresqlDown pages",
      }),
    ),
  },
});
