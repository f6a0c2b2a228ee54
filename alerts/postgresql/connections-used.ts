import { holds, samples } from "../../kit/alerts/stories/samples";
import type { StoryTime } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { sessions, maxConnections, reservedConnections } = postgresql;

/** Workers of PostgreSQL itself have places of their own. The empty one keeps a server without clients at 0. */
export const clients = 'backend_type=~"client backend|"';

/**
 * Share of what clients may open: of `max_connections` some are kept for superusers. One is added because the session
 * that asks leaves itself out: without it a small server would never look full.
 */
export const used = promql`(sum by (namespace) (${sessions}{${clients}}) + 1) / (max by (namespace) (${maxConnections}) - max by (namespace) (${reservedConnections}))`;

/** What is seen while a share of the 97 connections is open that a server of PostgreSQL's own default size admits. */
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
