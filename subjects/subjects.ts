import { alertmanager } from "./alertmanager";
import { celery } from "./celery";
import { dns } from "./dns";
import { elasticsearch } from "./elasticsearch";
import { erpApi } from "./erp-api";
import { erpBusiness } from "./erp-business";
import { erpHealthChecks } from "./erp-health-checks";
import { erpIdentity } from "./erp-identity";
import { erpLogs } from "./erp-logs";
import { erpProcesses } from "./erp-processes";
import { erpSlos } from "./erp-slos";
import { grafana } from "./grafana";
import { kubernetes } from "./kubernetes";
import { logAgents } from "./log-agents";
import { loki } from "./loki";
import { nodes } from "./nodes";
import { otelCollector } from "./otel-collector";
import { postgresql } from "./postgresql";
import { prometheus } from "./prometheus";
import { redis } from "./redis";
import { sentry } from "./sentry";
import type { Subject } from "./subject";

/** All subjects. Their order determines the order of rules in a group, of dashboards, and of exporters. */
export const subjects: readonly Subject[] = [
  erpApi,
  erpHealthChecks,
  erpIdentity,
  erpSlos,
  erpProcesses,
  postgresql,
  redis,
  celery,
  elasticsearch,
  erpLogs,
  sentry,
  erpBusiness,
  kubernetes,
  nodes,
  dns,
  prometheus,
  alertmanager,
  grafana,
  loki,
  logAgents,
  otelCollector,
];
