import { alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { replicaBehind } = postgresql;

/** As the server knows it that is written to. In bytes: of a server that is idle, no age of a change can be told. */
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
  summary: "A replica of PostgreSQL is far behind: it shows old data, and would lose much at a failover.",
  description: `The replica {{ $labels.application_name }} at {{ $labels.client_addr }} has ${valueText("bytes")} of the log of {{ $labels.namespace }} still to replay.`,
  scenarios: {
    "its disk is too slow": fires({
      given: (limit) => [
        samples(replicaBehind, [holds(0, "5m"), holds(1.2 * limit, lasting("20m")), holds(0, "10m")]),
        samples(replicaBehind, [holds(0, lasting("35m"))], { client_addr: "10.0.0.5", slot_name: "4712" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just under the limit": silent({ given: (limit) => [samples(replicaBehind, [holds(0.9 * limit, "1h")])] }),
    "a large import": blip({
      given: (limit) => [samples(replicaBehind, [holds(0, "5m"), holds(2 * limit, "5m"), holds(0, "10m")])],
    }),
    "a base backup, which replays nothing": silent({
      given: (limit) => [
        samples(replicaBehind, [holds(5 * limit, "1h")], { application_name: "pg_basebackup", state: "backup" }),
      ],
    }),
    "there is no replica": absence(silent({ given: [] })),
  },
});
