import type { Alert } from "../../alerts/alert";
import { erpNewException } from "../../alerts/errors/exceptions";
import { erpRouteFails } from "../../alerts/errors/routes";
import { erpServiceFunctionSlow } from "../../alerts/latency/functions";
import { erpRequestsPileUp } from "../../alerts/latency/in-flight";
import { erpRouteSlow } from "../../alerts/latency/routes";
import type { Catalogue } from "../../metrics/catalogue";
import { alertPanel } from "../frame/alert-panel";
import type { Panel } from "../frame/panels";

interface RequestAlerts {
  readonly errors: readonly (Panel | undefined)[];
  readonly duration: readonly (Panel | undefined)[];
  readonly saturation: readonly (Panel | undefined)[];
}

/** What alerts on single routes, functions and pods measure, by the row that it explains. */
export function requestAlerts(catalogue: Catalogue, runbookBaseUrl: string): RequestAlerts {
  const shown = (alert: Alert | undefined, width: number, legend: string, empty: string) =>
    alert && alertPanel(alert, { runbookBaseUrl, width, legend, empty });
  return {
    errors: [
      shown(erpRouteFails(catalogue), 12, "{{method}} {{route}}", "none failed"),
      shown(erpNewException(catalogue), 12, "{{exception_type}} in {{route}}", "none yet"),
    ],
    duration: [
      shown(erpRouteSlow(catalogue), 12, "{{method}} {{route}}", "no requests"),
      shown(erpServiceFunctionSlow, 12, "{{service_name}}.{{function_name}}", "no calls"),
    ],
    saturation: [shown(erpRequestsPileUp(catalogue), 8, "{{pod}}", "not scraped")],
  };
}
