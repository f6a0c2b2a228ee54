import { jobs } from "./jobs";
import { source } from "./metric";
import { pythonProcess } from "./python-process";

const { counter, gauge, histogram } = source(jobs.erpApi);

/** What the ERP's API says of itself, besides its HTTP metrics (see `http/`). */
export const erpApi = {
  entitiesCreated: counter("erp_entities_created_total", ["entity_type", "organization_id"], {
    help: "Business objects that were created. One series per organisation: always sum it away.",
    sample: { entity_type: "invoice", organization_id: "1" },
  }),
  functionDuration: histogram("erp_service_function_duration_seconds", ["service_name", "function_name"], {
    help: "How long a function of the service layer took.",
    unit: "seconds",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    sample: { service_name: "invoices", function_name: "create_invoice" },
  }),
  webSocketConnections: gauge("erp_active_websocket_connections", [], {
    help: "WebSocket connections that are open.",
  }),
  info: gauge("erp_app_info", ["version", "environment"], {
    help: "Always 1; its labels say which version runs.",
    sample: { version: "1.0.0", environment: "production" },
  }),
  dependencyUp: gauge("erp_dependency_up", ["dependency"], {
    help: "1 while the ERP reaches what it depends on, as readiness last saw it.",
    values: { dependency: ["postgresql", "redis", "elasticsearch"] },
    sample: { dependency: "postgresql" },
  }),
  ...pythonProcess(jobs.erpApi),
};
