import { erpDatabaseConnectionsAwaited } from "../alerts/erp-processes/erp-database-connections-awaited";
import { erpDatabasePoolNearlyExhausted } from "../alerts/erp-processes/erp-database-pool-nearly-exhausted";
import { erpOpenFilesHigh } from "../alerts/erp-processes/erp-open-files-high";
import { erpServiceFunctionSlow } from "../alerts/erp-processes/erp-service-function-slow";
import type { Subject } from "./subject";

/** Processes of the API and of the workers: service layer, database pool, open files. */
export const erpProcesses: Subject = {
  name: "erp-processes",
  alerts: () => [
    erpServiceFunctionSlow,
    erpDatabasePoolNearlyExhausted,
    erpDatabaseConnectionsAwaited,
    erpOpenFilesHigh,
  ],
};
