import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { openConnections, serverSamples, used } from "./connections-used";

const { sessions } = postgresql;

const high = ratio(0.8);

export const postgresqlConnectionsHigh = alert({
  name: "PostgresqlConnectionsHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-connections"],
  measure: used,
  above: high,
  for: "5m",
  summary: "PostgreSQL is running out of connections.",
  description: `${valueText("ratio")} of the connections that PostgreSQL admits in {{ $labels.namespace }} are open.`,
  scenarios: {
    "more pods open their pools": fires({
      given: serverSamples(
        openConnections(0.5, "5m"),
        openConnections(1.1 * high.value, "10m"),
        openConnections(0.5, "5m"),
      ),
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "a rollout, in which old and new pods are there": blip({
      given: serverSamples(
        openConnections(0.5, "5m"),
        openConnections(1.1 * high.value, "4m"),
        openConnections(0.5, "5m"),
      ),
    }),
    "just under the limit": silent({ given: serverSamples(openConnections(0.95 * high.value, "15m")) }),
    "a query that runs in parallel": silent({
      given: [
        ...serverSamples(openConnections(0.7 * high.value, "15m")),
        samples(sessions, [openConnections(0.4 * high.value, "15m")], { backend_type: "parallel worker" }),
      ],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});
