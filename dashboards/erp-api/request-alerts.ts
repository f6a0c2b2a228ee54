import { erpNewException } from "../../alerts/erp-api/erp-new-exception";
import { erpRequestsPileUp } from "../../alerts/erp-api/erp-requests-pile-up";
import { erpRouteFails } from "../../alerts/erp-api/erp-route-fails";
import { erpRouteSlow } from "../../alerts/erp-api/erp-route-slow";
import { erpServiceFunctionSlow } from "../../alerts/erp-processes/erp-service-function-slow";
import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import type { Catalogue } from "../../metrics/catalogue";

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
