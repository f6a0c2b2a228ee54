import type { Fault } from "../../faults";
import { metricNames } from "../queries/promql/metric-names";
import type { Catalogue } from "./catalogue";

/**
 * Faults for catalogued metrics and recordings that no query reads: storing them has no use. Prometheus stores
 * the metrics of its own scrapes (`scrape_*`) in any case.
 *
 * @param queries every PromQL expression of the environment's rules and panels
 */
export function checkUnused(
  { metrics, recordings }: Pick<Catalogue, "metrics" | "recordings">,
  queries: readonly string[],
): Fault[] {
  const used = new Set(queries.flatMap((query) => [...metricNames(query)]));
  const familyOf = (name: string) => name.replace(/_(bucket|sum|count)$/, "");
  const families = new Set([...used].map(familyOf));
  const rule = "must be read by a rule or a panel";
  const unread = metrics.filter(
    ({ name, keptFor }) => !families.has(familyOf(name)) && !name.startsWith("scrape_") && keptFor === undefined,
  );
  const unreadRecordings = recordings.filter(({ name }) => !used.has(name));
  return [
    ...unread.map(({ name, job }) => ({
      place: `metrics: ${job.name}: ${name}`,
      rule,
      remedy: "use it, remove it from the catalogue, or state in `keptFor` who needs it",
    })),
    ...unreadRecordings.map(({ name }) => ({ place: `recording ${name}`, rule, remedy: "use it, or remove it" })),
  ];
}
