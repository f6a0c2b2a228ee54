import { sep } from "node:path";
import { text } from "node:stream/consumers";
import { Faults, refuseAny } from "../../faults";
import { CommandError } from "../command";
import { pageDashboard } from "./page-dashboard";

/** Packages that the sources of the dashboards import: loading them takes as long as reading the sources. */
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
  "fastest-levenshtein",
  "zod",
];

/**
 * Runs as a process of its own, so that sources that have changed are read again. Loads the packages, waits for the end of
 * the standard input, and then reads the sources and prints the dashboards as JSON.
 */
async function main([name]: readonly string[]): Promise<void> {
  await Promise.all(packages.map((one) => import(one)));
  await text(process.stdin);
  // Sources that are being edited may fail to load.
  const { environmentOf } = await import("../environment-argument");
  const { signals } = await import("../../signals");
  const { erp, platform, faults } = signals(environmentOf({ environment: name }));
  refuseAny(faults, "nothing was drawn");
  process.stdout.write(JSON.stringify([...erp.dashboards, ...platform.dashboards].map(pageDashboard)));
}

/** The error and its place: the first one in the project's sources, without the callers. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Faults || error instanceof CommandError || error.name === "TransformError") return error.message;
  const places = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const place = places.find((line) => line.includes(sep) && !/node_modules|node:/.test(line));
  return [error.message, place].filter(Boolean).join("\n");
}

main(process.argv.slice(2)).catch((error) => {
  console.error(explain(error));
  process.exitCode = 1;
});
