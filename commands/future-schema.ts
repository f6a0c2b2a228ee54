import { refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { settingFault } from "../settings/setting-finding";

/**
 * Refuses an index schema of Loki that starts in the future: Loki stores no line before the first day of its only period. The
 * synth does not check this, because its output does not depend on the date.
 * @param now the present time. The schema begins at midnight UTC
 * @throws {Faults}
 */
export function refuseFutureSchema({ name, loki }: Environment, now: Date, title?: string): void {
  if (new Date(loki.schemaFrom) <= now) return;
  const rule = "must not be in the future: it is the first day on which Loki stores lines";
  const remedy = `write the date of today, ${now.toISOString().slice(0, 10)} in UTC, or an earlier one`;
  refuseAny(
    [settingFault(`config/${name}.ts`, { path: ["loki", "schemaFrom"], value: loki.schemaFrom, rule, remedy })],
    title,
  );
}
