import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { connectionsUsed, openConnections, serverSamples } from "./connections-used";

const { sessions } = postgresql;

export const postgresqlConnectionsHigh = alert({
  name: "PostgresqlConnectionsHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-connections"],
  measure: connectionsUsed,
  above: ratio(0.8),
  on: ["namespace"],
  for: "5m",
  summary: "PostgreSQL is running out of connections: the ERP will soon be unable to open new ones.",
  description: `${valueText("ratio")} of the connections that PostgreSQL allows in {{ $labels.namespace }} are open.`,
  scenarios: {
    "more pods open their pools": fires({
      given: (limit) =>
        serverSamples(
          openConnections(0.5, "5m"),
          openConnections(1.1 * limit, lasting("5m")),
          openConnections(0.5, "5m"),
        ),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("4m45s"), by: lasting("5m") },
    }),
    "old and new pods run during a rollout": blip({
      given: (limit) =>
        serverSamples(openConnections(0.5, "5m"), openConnections(1.1 * limit, "4m"), openConnections(0.5, "5m")),
    }),
    "just below the limit": silent({ given: (limit) => serverSamples(openConnections(0.95 * limit, "15m")) }),
    "a query uses parallel workers": silent({
      given: (limit) => [
        ...serverSamples(openConnections(0.7 * limit, "15m")),
        samples(sessions, [openConnections(0.4 * limit, "15m")], { backend_type: "parallel worker" }),
      ],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});
