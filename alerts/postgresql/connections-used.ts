import { holds, samples } from "../../kit/alerts/stories/samples";
import type { StoryTime } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { sessions, maxConnections, reservedConnections } = postgresql;

/**
 * Selects the sessions of clients. PostgreSQL's own background workers do not use client connections. The empty value
 * keeps the series of a server without clients at 0.
 */
export const clients = 'backend_type=~"client backend|"';

/**
 * Share of the connections available to clients that is in use. Some of `max_connections` are reserved for superusers.
 * One session is added, because the exporter's query does not count its own session; otherwise a small server would
 * never look full.
 */
export const connectionsUsed = promql`(sum by (namespace) (${sessions}{${clients}}) + 1) / (max by (namespace) (${maxConnections}) - max by (namespace) (${reservedConnections}))`;

/**
 * Number of sessions while this share of the connections is open, on a server with PostgreSQL's default size, which
 * allows 97 connections.
 */
export function openConnections(share: number, time: StoryTime) {
  return holds(share * 97 - 1, time);
}

export function serverSamples(...course: readonly ReturnType<typeof holds>[]) {
  return [
    samples(sessions, course),
    samples(maxConnections, [holds(100, "30m")]),
    samples(reservedConnections, [holds(3, "30m")]),
  ];
}
