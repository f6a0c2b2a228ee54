import { pageDashboard } from "../../commands/preview/page-dashboard";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";

/**
 * Prints the dashboards of the recorded environment as JSON. In the working tree of another commit, it prints the
 * dashboards of that commit.
 */
const { erp, platform } = signals(recorded);
process.stdout.write(JSON.stringify([...erp.dashboards, ...platform.dashboards].map(pageDashboard)));
