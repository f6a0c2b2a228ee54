import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { slotActive } = postgresql;

/** PostgreSQL keeps WAL for an unused slot without a time limit, and reports nothing until the disk is full. */
export const postgresqlSlotUnused = alert({
  name: "PostgresqlSlotUnused",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql"],
  measure: promql`max by (namespace, slot_name) (${slotActive})`,
  on: ["namespace", "slot_name"],
  below: count(1),
  for: "30m",
  summary: "A replication slot has no reader: PostgreSQL keeps WAL for it until the disk is full.",
  description: "The slot {{ $labels.slot_name }} in {{ $labels.namespace }} has had no reader for half an hour.",
  scenarios: {
    "the replica is down and comes back": fires({
      given: [
        samples(slotActive, [holds(1, "5m"), holds(0, lasting("20m")), holds(1, "10m")]),
        samples(slotActive, [holds(1, lasting("35m"))], { slot_name: "other" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "the replica restarts within ten minutes": blip({
      given: [samples(slotActive, [holds(1, "5m"), holds(0, "10m"), holds(1, "30m")])],
    }),
    "the slot is dropped": silent({ given: [samples(slotActive, [holds(1, "5m"), holds(0, "20m"), gone("1h")])] }),
    "there is no slot": absence(silent({ given: [] })),
  },
});
