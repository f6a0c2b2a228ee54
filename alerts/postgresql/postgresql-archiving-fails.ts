import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { walArchived: archived, walArchivingFailures: failures } = postgresql;
/** PostgreSQL 15 tries three times, and again after a minute. */
const failing = 3 / 60;
/** One file every five minutes, as with `archive_timeout`. */
const succeeding = 1 / 300;

/**
 * PostgreSQL retries the same file until it succeeds and keeps all later ones. A file that fails once and then succeeds
 * does no damage. Without an archive, both metrics stay at 0.
 */
export const postgresqlArchivingFails = alert({
  name: "PostgresqlArchivingFails",
  group: "erp-saturation",
  severity: "warning",
  service: "postgresql",
  team: "erp",
  causedBy: ["postgresql"],
  measure: promql`sum by (namespace) (increase(${failures}[5m]))`,
  above: count(0),
  provided: promql`sum by (namespace) (increase(${archived}[5m])) == 0`,
  on: ["namespace"],
  for: "10m",
  summary: "PostgreSQL cannot archive its WAL: recent changes cannot be restored, and the WAL fills the disk.",
  description: `PostgreSQL in {{ $labels.namespace }} has archived no WAL for a quarter of an hour, and ${valueText("count", "attempt")} failed in the last five minutes.`,
  scenarios: {
    "the archive refuses every file, and is repaired": fires({
      given: [
        samples(failures, [holds(0, "10m"), rises(failing, lasting("20m")), rises(0, "20m")]),
        samples(archived, [rises(succeeding, "10m"), rises(0, lasting("20m")), rises(succeeding, "20m")]),
      ],
      onset: "10m",
      after: lasting("4m"),
      by: lasting("5m30s"),
      resolves: { after: lasting("19m45s"), by: lasting("20m30s") },
    }),
    "each attempt takes minutes": fires({
      given: [
        samples(failures, [holds(0, "10m"), rises(0.9 / 300, lasting("20m"))]),
        samples(archived, [holds(7, lasting("30m"))]),
      ],
      onset: "10m",
      after: lasting(),
      by: lasting("30s"),
    }),
    "nothing is written": silent({
      given: [samples(failures, [holds(3, "1h")]), samples(archived, [holds(7, "1h")])],
    }),
    "the archive is down for four minutes": blip({
      given: [
        samples(failures, [holds(0, "10m"), rises(failing, "4m"), rises(0, "20m")]),
        samples(archived, [holds(7, "14m"), rises(succeeding, "20m")]),
      ],
    }),
    "the archive is repaired and nothing is written afterwards": silent({
      given: [
        samples(failures, [holds(0, "10m"), rises(failing, "4m"), rises(0, "40m")]),
        samples(archived, [holds(7, "14m"), holds(8, "40m")]),
      ],
    }),
    "each file fails once and then succeeds": lowTraffic({
      given: [samples(failures, [rises(1 / 60, "1h")]), samples(archived, [rises(1 / 60, "1h")])],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PostgresqlDown pages" })),
  },
});
