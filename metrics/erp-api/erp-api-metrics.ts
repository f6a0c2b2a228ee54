import { closed } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { erpJob } from "../scrape-jobs";

export const erpApiJob = erpJob("erp-api", "http");

const { counter, gauge } = source(erpApiJob);

/** What the ERP's API says of itself, besides its HTTP metrics (see `http/`). */
export const erpApi = {
  ...erpService(erpApiJob),
  ...databasePool(erpApiJob, "api"),
  webSocketConnections: gauge("erp_active_websocket_connections", [], {
    help: "WebSocket connections that are open.",
  }),
  failuresAfterResponse: counter("erp_failures_after_response_total", ["kind"], {
    help: "Background tasks and streams that failed after the status of their response was sent.",
    values: { kind: ["background_task", "stream"] },
    sample: { kind: "background_task" },
  }),
  dependencyUp: gauge("erp_dependency_up", ["dependency"], {
    help: "1 while the ERP reaches what it depends on, as readiness last saw it.",
    values: {
      dependency: closed(["postgresql", "redis", "celery"], { "`erp.elasticsearch` is set": ["elasticsearch"] }),
    },
    sample: { dependency: "postgresql" },
  }),
};
