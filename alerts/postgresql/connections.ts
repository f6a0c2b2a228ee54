import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, isGone, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { sessions, maxConnections, reservedConnections } = postgresql;

/** Workers of PostgreSQL itself have places of their own. The empty one keeps a server without clients at 0. */
export const clients = 'backend_type=~"client backend|"';

/**
 * Share of what clients may open: of `max_connections` some are kept for superusers. One is added because the session
 * that asks leaves itself out: without it a small server would never look full.
 */
const used = promql`(sum by (namespace) (${sessions}{${clients}}) + 1) / (max by (namespace) (${maxConnections}) - max by (namespace) (${reservedConnections}))`;

const high = ratio(0.8);
const exhausted = ratio(0.95);

export const postgresqlConnectionsHigh = alert({
  name: "PostgresqlConnectionsHigh",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql-connections"],
  measure: used,
  above: high,
  for: "5m",
  summary: "PostgreSQL is running out of connections.",
  description:
    "{{ $value | humanizePercentage }} of the connections that PostgreSQL admits in {{ $labels.namespace }} are open.",
  scenarios: {
    "more pods open their pools": fires({
      given: server(open(0.5, "5m"), open(1.1 * high.value, "10m"), open(0.5, "5m")),
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "a rollout, in which old and new pods are there": blip({
      given: server(open(0.5, "5m"), open(1.1 * high.value, "4m"), open(0.5, "5m")),
    }),
    "just under the limit": silent({ given: server(open(0.95 * high.value, "15m")) }),
    "a query that runs in parallel": silent({
      given: [
        ...server(open(0.7 * high.value, "15m")),
        samples(sessions, [open(0.4 * high.value, "15m")], { backend_type: "parallel worker" }),
      ],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});

export const postgresqlConnectionsExhausted = alert({
  name: "PostgresqlConnectionsExhausted",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-connections",
  measure: used,
  above: exhausted,
  for: "2m",
  summary: "PostgreSQL has no connections left: it refuses new ones.",
  description:
    "{{ $value | humanizePercentage }} of the connections that PostgreSQL admits in {{ $labels.namespace }} are open. Pods that start, and pools that grow, are refused.",
  scenarios: {
    "every connection is taken": fires({
      given: server(open(0.5, "5m"), open(1, "10m"), open(0.5, "5m")),
      onset: "5m",
      after: "1m45s",
      by: "2m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "all 17 of a small server are taken, as was measured: 16, and the one that asks": fires({
      given: [
        samples(maxConnections, [holds(20, "10m")]),
        samples(reservedConnections, [holds(3, "10m")]),
        samples(sessions, [holds(16, "10m")]),
      ],
      after: "1m45s",
      by: "2m",
    }),
    "a burst": blip({ given: server(open(0.5, "5m"), open(1, "1m45s"), open(0.5, "5m")) }),
    "just under the limit": silent({ given: server(open(0.97 * exhausted.value, "10m")) }),
    "the server restarts, and its sessions are gone": absence(
      silent({ given: [samples(sessions, [open(0.9, "5m"), isGone("10m")])], because: "PostgresqlDown pages" }),
    ),
  },
});

/** What is seen while a share of the 97 connections is open that a server of PostgreSQL's own default size admits. */
function open(share: number, time: string) {
  return holds(share * 97 - 1, time);
}

function server(...course: readonly ReturnType<typeof holds>[]) {
  return [
    samples(sessions, course),
    samples(maxConnections, [holds(100, "30m")]),
    samples(reservedConnections, [holds(3, "30m")]),
  ];
}
