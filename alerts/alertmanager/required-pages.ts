import type { RequiredPages } from "../../kit/alerts/check-overrides";

/**
 * The alerts that tier `production` requires: an environment may change their limits, but they notify the person on call.
 * They cover the loss of the monitoring, and an ERP that nobody can use.
 */
export const requiredPages: RequiredPages = {
  Heartbeat: "when the monitoring fails, no other alert notifies anybody",
  PrometheusNotIngesting: "without new samples, no other alert can fire",
  AlertmanagerNotificationsFailing: "other notifications do not arrive",
  ErpDown: "no pod of the API works",
  ErpProbeFailing: "nobody can use the ERP",
  ErpPublicEndpointDown: "nobody can reach the ERP from outside of the cluster",
  "ErpErrorBudgetBurn 1h": "it is the fastest alert about requests that fail",
};
