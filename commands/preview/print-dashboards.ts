import { refuseAny } from "../../faults";
import type { PageDashboard } from "../../preview/src/session";
import { sourceFailure } from "../source-failure";
import { untilAsked } from "../waiting-process";
import { pageDashboard } from "./page-dashboard";

/** Runs as a process of its own, which reads the sources when it is asked to, and prints the dashboards as JSON. */
async function main([name]: readonly string[]): Promise<void> {
  await untilAsked(() => dashboards(name));
  process.stdout.write(JSON.stringify(dashboards(name)));
}

function dashboards(name: string | undefined): readonly PageDashboard[] {
  const { environmentOf } = require("../environments") as typeof import("../environments");
  const { allDashboards, signals } = require("../../signals") as typeof import("../../signals");
  const found = signals(environmentOf({ environment: name }));
  refuseAny(found.faults, "nothing was drawn");
  return allDashboards(found).map(pageDashboard);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(sourceFailure(error));
  process.exitCode = 1;
});
