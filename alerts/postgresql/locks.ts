import { alert } from "../../kit/alerts/alert";
import { count, seconds } from "../../kit/alerts/limit";
import { holds, isGone, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { jobs } from "../../metrics/jobs";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { sessions, longestTransaction, deadlocks } = postgresql;
const exporter = jobs.postgresqlExporter.name;

const old = seconds(600);
const waiting = count(5);
const repeated = count(2);

const idle = samples(sessions, [holds(3 * waiting.value, "20m")], {
  state: "idle",
  wait_event_type: "Client",
  wait_event: "ClientRead",
});

/** A session that works and idles in turn changes its state, not its user and program. Dumps take as long as they take. */
export const postgresqlLongTransaction = alert({
  name: "PostgresqlLongTransaction",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  measure: promql`max by (namespace, datname, usename, application_name) (${longestTransaction}{backend_type="client backend",application_name!="pg_dump"})`,
  above: old,
  for: "1m",
  summary: "A transaction has been open for long: it may hold locks, and keeps vacuum from its work.",
  description:
    "A transaction of {{ $labels.usename }} ({{ $labels.application_name }}) in the database {{ $labels.datname }} has been open for {{ $value | humanizeDuration }}.",
  scenarios: {
    "somebody forgets to commit": fires({
      given: [
        samples(longestTransaction, [rises(1, `${old.value + 30}s`), isGone("30m")]),
        samples(
          longestTransaction,
          [
            isGone(`${old.value + 30}s`),
            { for: `${old.value}s`, value: { from: old.value + 30, perSecond: 1 } },
            isGone("5m"),
          ],
          { state: "idle in transaction", wait_event_type: "Client", wait_event: "ClientRead" },
        ),
        samples(longestTransaction, [holds(0, "30m")], { state: "idle" }),
      ],
      after: `${old.value + 60}s`,
      by: `${old.value + 75}s`,
      resolves: { after: `${2 * old.value + 15}s`, by: `${2 * old.value + 30}s` },
    }),
    "it ends soon after": blip({
      given: [samples(longestTransaction, [rises(1, `${old.value + 45}s`), isGone("10m")])],
    }),
    "a long dump": silent({ given: aged({ application_name: "pg_dump" }) }),
    "autovacuum of a large table": silent({ given: aged({ backend_type: "autovacuum worker" }) }),
    "no session is there": absence(
      silent({ given: [samples(longestTransaction, [holds(0, "10m")], { usename: "", backend_type: "" })] }),
    ),
  },
});

/** The exporter itself waits where a table is locked, whose size it asks for; it is not counted. */
export const postgresqlLockWaits = alert({
  name: "PostgresqlLockWaits",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  cause: "postgresql-locks",
  measure: promql`sum by (namespace, datname) (${sessions}{wait_event_type="Lock",application_name!="${exporter}"}) or 0 * sum by (namespace, datname) (${sessions})`,
  above: waiting,
  for: "2m",
  summary: "Many sessions of PostgreSQL wait for a lock that another one holds.",
  description: "{{ $value }} sessions in the database {{ $labels.datname }} wait for locks.",
  scenarios: {
    "a migration locks a table that everybody needs": fires({
      given: [locked([isGone("5m"), holds(1.2 * waiting.value, "10m"), isGone("5m")]), idle],
      onset: "5m",
      after: "1m45s",
      by: "2m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "two programs wait, neither of them alone for much": fires({
      given: [
        locked([holds(0.6 * waiting.value, "10m")]),
        locked([holds(0.6 * waiting.value, "10m")], { application_name: "erp-worker" }),
      ],
      after: "1m45s",
      by: "2m",
    }),
    "a short migration": blip({
      given: [locked([isGone("5m"), holds(3 * waiting.value, "1m30s"), isGone("5m")]), idle],
    }),
    "at the limit": silent({ given: [locked([holds(waiting.value, "10m")])] }),
    "the exporter waits": silent({
      given: [locked([holds(3 * waiting.value, "10m")], { application_name: exporter })],
    }),
    "nobody waits": absence(silent({ given: [idle] })),
  },
});

/** One now and then is retried, or tried again by its user. An order of locking that is wrong goes on. */
export const postgresqlDeadlocks = alert({
  name: "PostgresqlDeadlocks",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  measure: promql`sum by (namespace, datname) (increase(${deadlocks}[5m]))`,
  above: repeated,
  for: "10m",
  summary: "Transactions deadlock again and again, and PostgreSQL fails one of each.",
  description: "{{ $value | humanize }} deadlocks in 5 minutes in the database {{ $labels.datname }}, and no end.",
  scenarios: {
    "two functions lock the same rows in different order": fires({
      given: [samples(deadlocks, [holds(0, "5m"), rises((1.2 * repeated.value) / 300, "30m"), rises(0, "10m")])],
      onset: "5m",
      after: "14m",
      by: "14m30s",
      resolves: { after: "30m30s", by: "31m15s" },
    }),
    "a burst": blip({
      given: [samples(deadlocks, [holds(3, "5m"), rises(repeated.value / 10, "1m"), rises(0, "20m")])],
    }),
    "one now and then": silent({ given: [samples(deadlocks, [rises((0.8 * repeated.value) / 300, "1h")])] }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});

function locked(parts: Parameters<typeof samples>[1], labels: Readonly<Record<string, string>> = {}) {
  return samples(sessions, parts, { wait_event_type: "Lock", wait_event: "relation", ...labels });
}

/** A transaction that is far too old. */
function aged(labels: Readonly<Record<string, string>>) {
  return [samples(longestTransaction, [holds(5 * old.value, "20m")], labels)];
}
