import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql, postgresqlJob } from "../../metrics/postgresql/postgresql-metrics";

const { sessions } = postgresql;

const exporter = postgresqlJob.name;

const waiting = count(5);

const idle = samples(sessions, [holds(3 * waiting.value, "20m")], {
  state: "idle",
  wait_event_type: "Client",
  wait_event: "ClientRead",
});

/** The exporter itself waits where a table is locked, whose size it asks for; it is not counted. */
export const postgresqlLockWaits = alert({
  name: "PostgresqlLockWaits",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-locks",
  measure: promql`sum by (namespace, datname) (${sessions}{wait_event_type="Lock",application_name!="${exporter}"}) or 0 * sum by (namespace, datname) (${sessions})`,
  above: waiting,
  for: "2m",
  summary: "Many sessions of PostgreSQL wait for a lock that another one holds.",
  description: `In the database {{ $labels.datname }}, ${valueText("count", "session waits for a lock", "sessions wait for locks")}.`,
  scenarios: {
    "a migration locks a table that everybody needs": fires({
      given: [lockedSessions([gone("5m"), holds(1.2 * waiting.value, "10m"), gone("5m")]), idle],
      onset: "5m",
      after: "1m45s",
      by: "2m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "two programs wait, neither of them alone for much": fires({
      given: [
        lockedSessions([holds(0.6 * waiting.value, "10m")]),
        lockedSessions([holds(0.6 * waiting.value, "10m")], { application_name: "erp-worker" }),
      ],
      after: "1m45s",
      by: "2m",
    }),
    "a short migration": blip({
      given: [lockedSessions([gone("5m"), holds(3 * waiting.value, "1m30s"), gone("5m")]), idle],
    }),
    "at the limit": silent({ given: [lockedSessions([holds(waiting.value, "10m")])] }),
    "the exporter waits": silent({
      given: [lockedSessions([holds(3 * waiting.value, "10m")], { application_name: exporter })],
    }),
    "nobody waits": absence(silent({ given: [idle] })),
  },
});

function lockedSessions(parts: Parameters<typeof samples>[1], labels: Readonly<Record<string, string>> = {}) {
  return samples(sessions, parts, { wait_event_type: "Lock", wait_event: "relation", ...labels });
}
