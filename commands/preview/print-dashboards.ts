import { Faults, refuseAny } from "../../faults";
import { signals } from "../../signals";
import { environmentOf } from "../environment-argument";
import { drawnDashboard } from "./drawn-dashboard";

/** Runs as a process of its own, so that sources that have changed are read again. Prints the dashboards as JSON. */
try {
  const { erp, platform, faults } = signals(environmentOf({ environment: process.argv[2] }));
  refuseAny(faults, "nothing was drawn");
  process.stdout.write(JSON.stringify([...erp.dashboards, ...platform.dashboards].map(drawnDashboard)));
} catch (error) {
  console.error(error instanceof Faults ? error.message : error);
  process.exitCode = 1;
}
