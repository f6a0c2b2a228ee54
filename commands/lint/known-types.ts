import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseExposition } from "../../kit/metrics/exposition";
import type { Series, Vocabulary } from "../../kit/queries/series";

const evidence = join(__dirname, "..", "..", "metrics", "evidence");

/**
 * The types of the metrics of well-known programs, such as node_exporter, kube-state-metrics and the kubelet, from the
 * captured scrapes of this project. A metric that two programs expose with different types has no known type. Labels are
 * left open, because other versions and other scrape configurations have others.
 *
 * @param scrapeSeconds seconds between two scrapes. @default unknown, and ranges are not checked
 */
export function knownTypes(scrapeSeconds?: number): Vocabulary {
  const kinds = new Map<string, Series["kind"]>();
  for (const file of readdirSync(evidence).filter((name) => name.endsWith(".prom"))) {
    for (const [name, type] of parseExposition(readFileSync(join(evidence, file), "utf8")).types) {
      for (const [series, kind] of seriesOf(name, type)) {
        const known = kinds.get(series);
        kinds.set(series, known === undefined || known === kind ? kind : "unknown");
      }
    }
  }
  const interval = scrapeSeconds === undefined ? {} : { interval: scrapeSeconds };
  return new Map(
    [...kinds].map(([metric, kind]) => [metric, [{ labels: new Map(), open: true, kind, metric, ...interval }]]),
  );
}

function seriesOf(name: string, type: string): readonly (readonly [string, Series["kind"]])[] {
  if (type === "counter") return [[name, "counter"]];
  if (type === "gauge") return [[name, "gauge"]];
  const parts = [`${name}_sum`, `${name}_count`].map((part) => [part, "counter"] as const);
  if (type === "histogram") return [[`${name}_bucket`, "counter"], ...parts];
  return type === "summary" ? parts : [];
}
