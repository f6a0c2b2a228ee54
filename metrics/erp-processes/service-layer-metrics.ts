import type { Job } from "../../kit/metrics/job";
import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { pythonProcess } from "./python-process-metrics";

/** Metrics that the ERP's API and its workers both expose, because the service layer runs in both. */
export function erpService(job: Job) {
  const { counter, gauge, histogram } = source(job);
  return {
    entitiesCreated: counter("erp_entities_created_total", ["entity_type", "organization_id"], {
      help: "Business objects that were created. There is one series per organisation: always aggregate them.",
      values: {
        entity_type: ["organization", "order", "invoice"],
        organization_id: open("organisations are data of the ERP", ["other"]),
      },
      sample: { entity_type: "invoice", organization_id: "1" },
    }),
    functionDuration: histogram("erp_service_function_duration_seconds", ["service_name", "function_name"], {
      help: "Duration of a function of the service layer.",
      bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      sample: { service_name: "invoices", function_name: "create_invoice" },
    }),
    info: gauge("erp_app_info", ["version", "environment"], {
      help: "Always 1. The labels contain the version that runs.",
      sample: { version: "1.0.0", environment: "production" },
    }),
    ...pythonProcess(job),
  };
}
