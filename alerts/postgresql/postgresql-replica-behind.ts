import { alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { replicaBehind } = postgresql;

/**
 * Measured on the primary. The delay is in bytes, because the age of the last change means nothing on an idle server.
 */
export const postgresqlReplicaBehind = alert({
  name: "PostgresqlReplicaBehind",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql"],
  measure: promql`max by (namespace, application_name, client_addr) (${replicaBehind}{state!="backup"})`,
  on: ["namespace", "application_name", "client_addr"],
  above: bytes(2 ** 30),
  for: "10m",
  summary: "A PostgreSQL replica is far behind: it returns old data, and a failover would lose changes.",
  description: `The replica {{ $labels.application_name }} at {{ $labels.client_addr }} still has to replay ${valueText("bytes")} of the WAL of PostgreSQL in {{ $labels.namespace }}.`,
  scenarios: {
    "the replica's disk is too slow": fires({
      given: (limit) => [
        samples(replicaBehind, [holds(0, "5m"), holds(1.2 * limit, lasting("20m")), holds(0, "10m")]),
        samples(replicaBehind, [holds(0, lasting("35m"))], { client_addr: "10.0.0.5", slot_name: "4712" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just below the limit": silent({ given: (limit) => [samples(replicaBehind, [holds(0.9 * limit, "1h")])] }),
    "a large import runs for five minutes": blip({
      given: (limit) => [samples(replicaBehind, [holds(0, "5m"), holds(2 * limit, "5m"), holds(0, "10m")])],
    }),
    "a base backup runs, which replays nothing": silent({
      given: (limit) => [
        samples(replicaBehind, [holds(5 * limit, "1h")], { application_name: "pg_basebackup", state: "backup" }),
      ],
    }),
    "there is no replica": absence(silent({ given: [] })),
  },
});
