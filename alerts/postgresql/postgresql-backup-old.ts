import { type Alert, alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { inSeconds } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";
import { baseBackup } from "../../metrics/postgresql/postgresql-metrics";
import type { Environment } from "../../settings/environment";

const hour = 3600;

const alone = "the age of a backup grows by itself, and half of a point in time means nothing";

/**
 * If a backup fails, the metric keeps the time of the previous backup. If the backup program is gone, there is no
 * metric. Both count as old. A restart of the program takes less than a quarter of an hour.
 *
 * @returns undefined if the environment names no metric
 */
export function postgresqlBackupOld({ erp }: Pick<Environment, "erp">): Alert | undefined {
  const { backup } = erp.postgresql;
  if (backup === undefined) return undefined;
  const { baseBackup: newest } = baseBackup(backup.metric);
  return alert({
    name: "PostgresqlBackupOld",
    group: "erp-saturation",
    severity: "warning",
    service: "postgresql",
    team: "erp",
    measure: promql`time() - (max(${newest}) or vector(-Inf))`,
    above: seconds(inSeconds(backup.maxAge), "erp.postgresql.backup.maxAge"),
    for: "15m",
    summary: "PostgreSQL has no recent base backup.",
    description: `{{ if gt $value 1e9 }}There is no metric ${newest}: the program that makes the backups does not run or is not scraped.{{ else }}The newest base backup is ${valueText("seconds")} old.{{ end }}`,
    scenarios: {
      "a backup fails, and the next one succeeds": fires({
        alone,
        given: (limit) => [samples(newest, [holds(hour - limit, lasting("2h")), holds(2 * hour, "1h")])],
        onset: "1h",
        after: lasting(),
        by: lasting("15s"),
        resolves: { after: lasting("59m45s"), by: lasting("1h") },
      }),
      "two programs expose the metric, and one does not know the newest backup": silent({
        given: (limit) => [
          samples(newest, [holds(-3 * limit, "3h")]),
          samples(newest, [holds(0, "3h")], { pod: "postgresql-exporter-1" }),
        ],
      }),
      "a backup finishes ten minutes late": blip({
        alone,
        given: (limit) => [samples(newest, [holds(hour - limit, "1h10m"), holds(hour, "2h")])],
      }),
      "every backup succeeds": silent({
        given: (limit) => [samples(newest, [holds(hour - limit, "55m"), holds(hour, "2h")])],
      }),
      "the backup program is gone": absence(
        fires({
          given: [samples(newest, [holds(0, "5m"), gone("1h")])],
          onset: "5m",
          after: lasting("-15s"),
          by: lasting(),
        }),
      ),
    },
  });
}
