import { closed } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { erpJob } from "../scrape-jobs";

export const erpApiJob = erpJob("erp-api", "http");

const { counter, gauge } = source(erpApiJob);

/** Metrics that the ERP's API exposes about itself, besides its HTTP metrics (see `http-profile.ts`). */
export const erpApi = {
  ...erpService(erpApiJob),
  ...databasePool(erpApiJob, "api"),
  webSocketConnections: gauge("erp_active_websocket_connections", [], {
    help: "Open WebSocket connections.",
  }),
  failuresAfterResponse: counter("erp_failures_after_response_total", ["kind"], {
    help: "Background tasks and streams that failed after the status of their response was sent.",
    values: { kind: ["background_task", "stream"] },
    sample: { kind: "background_task" },
  }),
  dependencyUp: gauge("erp_dependency_up", ["dependency"], {
    help: "1 if the ERP reached the dependency at the last readiness check.",
    values: {
      dependency: closed(["postgresql", "redis", "celery"], { "`erp.elasticsearch` is set": ["elasticsearch"] }),
    },
    sample: { dependency: "postgresql" },
  }),
};
