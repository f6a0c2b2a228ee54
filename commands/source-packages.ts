/** Packages that alerts and dashboards import: loading them takes as long as reading the sources. */
const packages = [
  "@grafana/grafana-foundation-sdk/common",
  "@grafana/grafana-foundation-sdk/dashboard",
  "@grafana/grafana-foundation-sdk/heatmap",
  "@grafana/grafana-foundation-sdk/logs",
  "@grafana/grafana-foundation-sdk/prometheus",
  "@grafana/grafana-foundation-sdk/stat",
  "@grafana/grafana-foundation-sdk/statetimeline",
  "@grafana/grafana-foundation-sdk/table",
  "@grafana/grafana-foundation-sdk/timeseries",
  "@grafana/grafana-foundation-sdk/units",
  "@grafana/lezer-logql",
  "@prometheus-io/lezer-promql",
  "commander",
  "fast-xml-parser",
  "fastest-levenshtein",
  "re2js",
  "yaml",
  "zod",
];

/** Loads the packages, so that the sources are read faster later. */
export async function loadSourcePackages(): Promise<void> {
  await Promise.all(packages.map((one) => import(one)));
}
