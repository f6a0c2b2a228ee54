import { text } from "node:stream/consumers";
import { refuseAny } from "../../faults";
import { sourceFailure } from "../source-failure";
import { drawnDashboard } from "./drawn-dashboard";

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
  const { environmentOf } = await import("../environments");
  const { signals } = await import("../../signals");
  const { erp, platform, faults } = signals(environmentOf({ environment: name }));
  refuseAny(faults, "nothing was drawn");
  process.stdout.write(JSON.stringify([...erp.dashboards, ...platform.dashboards].map(drawnDashboard)));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(sourceFailure(error));
  process.exitCode = 1;
});
