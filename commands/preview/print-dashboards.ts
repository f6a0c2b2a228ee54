import { refuseAny } from "../../faults";
import { sourceFailure } from "../source-failure";
import { untilAsked } from "../waiting-process";
import { pageDashboard } from "./page-dashboard";

/** Runs as a process of its own, which reads the sources when it is asked to, and prints the dashboards as JSON. */
async function main([name]: readonly string[]): Promise<void> {
  await untilAsked();
  // Sources that are being edited may fail to load.
  const { environmentOf } = await import("../environments");
  const { signals } = await import("../../signals");
  const { erp, platform, faults } = signals(environmentOf({ environment: name }));
  refuseAny(faults, "nothing was drawn");
  process.stdout.write(JSON.stringify([...erp.dashboards, ...platform.dashboards].map(pageDashboard)));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(sourceFailure(error));
  process.exitCode = 1;
});
