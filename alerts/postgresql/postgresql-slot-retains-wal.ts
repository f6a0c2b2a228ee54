import { alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { slotRetained } = postgresql;

/** The limit is ten times the default of `max_wal_size`, up to which PostgreSQL normally keeps WAL. */
export const postgresqlSlotRetainsWal = alert({
  name: "PostgresqlSlotRetainsWal",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql"],
  measure: promql`max by (namespace, slot_name) (${slotRetained})`,
  on: ["namespace", "slot_name"],
  above: bytes(10 * 2 ** 30),
  for: "10m",
  summary: "The reader of a replication slot is far behind: PostgreSQL keeps WAL for it, which may fill the disk.",
  description: `PostgreSQL in {{ $labels.namespace }} keeps ${valueText("bytes")} of WAL for the slot {{ $labels.slot_name }}.`,
  scenarios: {
    "the reader is slower than the writes": fires({
      given: (limit) => [
        samples(slotRetained, [holds(0.5 * limit, "5m"), holds(1.2 * limit, lasting("20m")), holds(0, "10m")]),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just below the limit": silent({ given: (limit) => [samples(slotRetained, [holds(0.9 * limit, "1h")])] }),
    "two slots, each below the limit": silent({
      given: (limit) =>
        ["replica", "other"].map((slot_name) => samples(slotRetained, [holds(0.7 * limit, "1h")], { slot_name })),
    }),
    "a large import runs for five minutes": blip({
      given: (limit) => [samples(slotRetained, [holds(0, "5m"), holds(2 * limit, "5m"), holds(0, "10m")])],
    }),
    "there is no slot": absence(silent({ given: [] })),
  },
});
