import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of our own chart in an export. */
export const ownChart = "charts/custom-resources";

/** The files of our own chart, by path in an export. */
export function ownChartFiles(): ReadonlyMap<string, { readonly text: string }> {
  const folder = join(__dirname, "..", "..", ownChart);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return new Map(paths.map((path) => [`${ownChart}/${path}`, { text: readFileSync(join(folder, path), "utf8") }]));
}
