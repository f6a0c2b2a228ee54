import { healthChecks } from "../../alerts/health-checks/health-checks";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../frame/alert-panel";
import type { Panel } from "../frame/panels";

/** What the ERP answers the kubelet and the probes when they ask whether it is well. */
export function healthCheckPanels(environment: Pick<Environment, "erp" | "runbookBaseUrl">): Panel[] {
  const { runbookBaseUrl } = environment;
  return healthChecks(environment).map((alert) => alertPanel(alert, { runbookBaseUrl, width: 6 }));
}
