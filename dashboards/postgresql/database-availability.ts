import { postgresqlDown, postgresqlStatisticsMissing } from "../../alerts/postgresql/availability";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";

/** Whether it can be reached, and seen. */
export function availability({ runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">): Panel[] {
  return [
    alertPanel(postgresqlDown, { runbookBaseUrl, width: 12, legend: "{{namespace}}" }),
    alertPanel(postgresqlStatisticsMissing, { runbookBaseUrl, width: 12, legend: "{{collector}}" }),
  ];
}
