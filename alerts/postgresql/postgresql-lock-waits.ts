import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql, postgresqlJob } from "../../metrics/postgresql/postgresql-metrics";

const { sessions } = postgresql;

const exporter = postgresqlJob.name;

const idle = samples(sessions, [holds(15, "20m")], {
  state: "idle",
  wait_event_type: "Client",
  wait_event: "ClientRead",
});

/** The exporter's own waits are not counted: it waits for a locked table when it reads the table's size. */
export const postgresqlLockWaits = alert({
  name: "PostgresqlLockWaits",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-locks",
  measure: promql`sum by (namespace, datname) (${sessions}{wait_event_type="Lock",application_name!="${exporter}"}) or 0 * sum by (namespace, datname) (${sessions})`,
  above: count(5),
  on: ["namespace", "datname"],
  for: "2m",
  summary: "Many database sessions wait for locks: requests and tasks of the ERP hang.",
  description: `In the database {{ $labels.datname }} in {{ $labels.namespace }}, ${valueText("count", "session waits for a lock", "sessions wait for locks")}.`,
  scenarios: {
    "a migration locks a table that all sessions need": fires({
      given: (limit) => [lockedSessions([gone("5m"), holds(1.2 * limit, lasting("8m")), gone("5m")]), idle],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("7m45s"), by: lasting("8m") },
    }),
    "sessions of two programs wait, each below the limit": fires({
      given: (limit) => [
        lockedSessions([holds(0.6 * limit, lasting("8m"))]),
        lockedSessions([holds(0.6 * limit, lasting("8m"))], { application_name: "erp-worker" }),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "a short migration": blip({
      given: (limit) => [lockedSessions([gone("5m"), holds(3 * limit, "1m30s"), gone("5m")]), idle],
    }),
    "at the limit": silent({ given: (limit) => [lockedSessions([holds(limit, "10m")])] }),
    "the exporter waits": silent({
      given: (limit) => [lockedSessions([holds(3 * limit, "10m")], { application_name: exporter })],
    }),
    "no session waits": absence(silent({ given: [idle] })),
  },
});

function lockedSessions(parts: Parameters<typeof samples>[1], labels: Readonly<Record<string, string>> = {}) {
  return samples(sessions, parts, { wait_event_type: "Lock", wait_event: "relation", ...labels });
}
