import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { longestTransaction } = postgresql;

const old = seconds(600);

/** A session that works and idles in turn changes its state, not its user and program. Dumps take as long as they take. */
export const postgresqlLongTransaction = alert({
  name: "PostgresqlLongTransaction",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  measure: promql`max by (namespace, datname, usename, application_name) (${longestTransaction}{backend_type="client backend",application_name!="pg_dump"})`,
  above: old,
  for: "1m",
  summary: "A transaction has been open for long: it may hold locks, and keeps vacuum from its work.",
  description: `A transaction of {{ $labels.usename }} ({{ $labels.application_name }}) in the database {{ $labels.datname }} has been open for ${valueText("seconds")}.`,
  scenarios: {
    "somebody forgets to commit": fires({
      given: [
        samples(longestTransaction, [rises(1, `${old.value + 30}s`), gone("30m")]),
        samples(
          longestTransaction,
          [
            gone(`${old.value + 30}s`),
            { for: `${old.value}s`, value: { from: old.value + 30, perSecond: 1 } },
            gone("5m"),
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
      given: [samples(longestTransaction, [rises(1, `${old.value + 45}s`), gone("10m")])],
    }),
    "a long dump": silent({ given: oldTransaction({ application_name: "pg_dump" }) }),
    "autovacuum of a large table": silent({ given: oldTransaction({ backend_type: "autovacuum worker" }) }),
    "no session is there": absence(
      silent({ given: [samples(longestTransaction, [holds(0, "10m")], { usename: "", backend_type: "" })] }),
    ),
  },
});

/** A transaction that is far too old. */
function oldTransaction(labels: Readonly<Record<string, string>>) {
  return [samples(longestTransaction, [holds(5 * old.value, "20m")], labels)];
}
