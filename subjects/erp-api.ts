import { erpDown } from "../alerts/erp-api/erp-down";
import { erpFailsAfterResponse } from "../alerts/erp-api/erp-fails-after-response";
import { erpNewException } from "../alerts/erp-api/erp-new-exception";
import { erpPodsUnavailable } from "../alerts/erp-api/erp-pods-unavailable";
import { erpRequestsPileUp } from "../alerts/erp-api/erp-requests-pile-up";
import { erpRouteFails } from "../alerts/erp-api/erp-route-fails";
import { erpRouteSlow } from "../alerts/erp-api/erp-route-slow";
import { fastapiDashboard } from "../dashboards/erp-api/fastapi-dashboard";
import { alertOr } from "../kit/alerts/switched-off";
import { erpApiJob, erpApi as metrics } from "../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../metrics/inventory";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** The ERP's API: its requests and its pods. */
export const erpApi: Subject = {
  name: "erp-api",
  causes: ["erp-api"],
  jobs: () => [erpApiJob],
  metrics: ({ http }) => [metrics, http.metrics],
  alerts: (catalogued) => [
    erpDown,
    erpPodsUnavailable,
    erpRouteFails(catalogued),
    alertOr(erpNewException(catalogued), "ErpNewException", `${httpLibrary(catalogued)} does not count exceptions`),
    erpFailsAfterResponse,
    erpRouteSlow(catalogued),
    alertOr(
      erpRequestsPileUp(catalogued),
      "ErpRequestsPileUp",
      `${httpLibrary(catalogued)} does not count requests in progress`,
    ),
  ],
  dashboards: (catalogued) => [fastapiDashboard(catalogued)],
  evidence: [{ source: erpApiJob.name, version: ({ erp }) => imageVersion(erp.image) }],
  eventSeries: { starlette_exceptions_total: "an unhandled exception" },
};

function httpLibrary({ http }: Pick<Inventory, "http">): string {
  return `\`erp.httpMetrics\` is \`${http.name}\`, which`;
}
