import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { longestTransaction } = postgresql;

/**
 * A session that alternates between working and waiting changes its state but not its user and program. Dumps are
 * excluded, because they take as long as they need.
 */
export const postgresqlLongTransaction = alert({
  name: "PostgresqlLongTransaction",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  measure: promql`max by (namespace, datname, usename, application_name) (${longestTransaction}{backend_type="client backend",application_name!="pg_dump"})`,
  above: seconds(600),
  on: ["namespace", "datname", "usename", "application_name"],
  for: "1m",
  summary: "A database transaction has been open too long: it may block others and delays vacuum.",
  description: `A transaction of {{ $labels.usename }} ({{ $labels.application_name }}) in the database {{ $labels.datname }} has been open for ${valueText("seconds")}.`,
  scenarios: {
    "somebody forgets to commit": fires({
      given: (limit) => [
        samples(longestTransaction, [olderThan(limit - 300, "5m30s"), gone("30m")]),
        samples(longestTransaction, [gone("5m30s"), olderThan(limit + 30, lasting("9m")), gone("5m")], {
          state: "idle in transaction",
          wait_event_type: "Client",
          wait_event: "ClientRead",
        }),
        samples(longestTransaction, [holds(0, lasting("29m"))], { state: "idle" }),
      ],
      alone: "a transaction that nobody commits grows older",
      onset: "5m",
      after: lasting(),
      by: lasting("15s"),
      resolves: { after: lasting("9m15s"), by: lasting("9m30s") },
    }),
    "the transaction ends soon after the limit": blip({
      given: (limit) => [samples(longestTransaction, [olderThan(limit - 300, "5m45s"), gone("10m")])],
    }),
    "a dump takes long": silent({ given: (limit) => oldTransaction(5 * limit, { application_name: "pg_dump" }) }),
    "autovacuum processes a large table": silent({
      given: (limit) => oldTransaction(5 * limit, { backend_type: "autovacuum worker" }),
    }),
    "there are no sessions": absence(
      silent({ given: [samples(longestTransaction, [holds(0, "10m")], { usename: "", backend_type: "" })] }),
    ),
  },
});

/** A transaction with this age in seconds, which remains open. */
function olderThan(seconds: number, time: StoryTime): Part {
  return { for: time, value: { from: seconds, perSecond: 1 } };
}

function oldTransaction(seconds: number, labels: Readonly<Record<string, string>>) {
  return [samples(longestTransaction, [holds(seconds, "20m")], labels)];
}
