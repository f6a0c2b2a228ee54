import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import record from "../../../logs/record.schema.json";
import { addresses, namespaces } from "../../../settings/addresses";
import { PortForward } from "../../cluster/port-forward";
import type { Check, Failure } from "../check";
import type { Deployment } from "../deployment";
import { erpToken } from "../erp-token";
import { readsLoki } from "../server-permissions";
import type { Streams } from "./logs-arrive";

/** Any path leaves a line; this one also needs the database when it is asked with a token. */
const path = "/api/v1/orders";

/** Seconds within which the line must be found: the agent reads files every second, and sends a batch every second. */
const longestDelivery = 30;

/** Follows one request from the ERP to the log store, by its id. */
export const requestLog: Check = {
  id: "request-log",
  title: "the ERP answers a request, and the log store finds its line with every field",
  permissions: [
    ...readsLoki,
    { namespaces: [namespaces.erp], resources: ["services", "pods"], verbs: ["get", "list"] },
    { namespaces: [namespaces.erp], resources: ["pods/portforward"], verbs: ["create"] },
  ],
  creates: "one request to the ERP, and its log line",
  async run(deployment) {
    const id = `verify-${randomUUID()}`;
    const token = erpToken(deployment.environment, await deployment.secrets().catch(() => []));
    const { status, echoed } = await PortForward.while(deployment.kubectl, addresses.erpApi, async (erp) => {
      const headers = { "X-Request-ID": id, ...(token && { Authorization: `Bearer ${token}` }) };
      const response = await erp.request(path, { headers });
      await response.arrayBuffer();
      return { status: response.status, echoed: response.headers.get("x-request-id") };
    });
    const sent = performance.now();
    const line = await findLine(deployment, id);
    const seconds = Math.round((performance.now() - sent) / 1000);
    const failures = [
      ...answerFailures(status, token !== undefined),
      ...idFailures(id, echoed),
      ...lineFailures(line, status),
    ];
    return { failures, extent: `answer ${status}, line found after ${seconds} s` };
  },
};

function answerFailures(status: number, withToken: boolean): Failure[] {
  const expected = withToken ? "200" : "200, or 401 because no token was given";
  if (status === 200 || (!withToken && (status === 401 || status === 403))) return [];
  return [
    {
      where: `ERP, GET ${path}`,
      expected,
      found: String(status),
      runbook: status >= 500 ? "ErpErrorBudgetBurn" : "ErpTokensRejected",
    },
  ];
}

function idFailures(id: string, echoed: string | null): Failure[] {
  if (echoed === id) return [];
  return [
    {
      where: "ERP, header X-Request-ID",
      expected: "the id of the request",
      found: echoed === null ? "no such header" : "another id",
      runbook: "ErpLogsMissing",
    },
  ];
}

/** @returns undefined if the log store does not find the line in time */
async function findLine({ loki }: Deployment, id: string): Promise<string | undefined> {
  for (const deadline = Date.now() + longestDelivery * 1000; Date.now() < deadline; await sleep(1000)) {
    const { data } = await loki.get<Streams>("/loki/api/v1/query_range", {
      query: `{namespace="${namespaces.erp}", app="${addresses.erpApi.service}"} | request_id="${id}"`,
      start: `${Date.now() - 5 * 60_000}000000`,
      limit: "10",
    });
    const lines = data.result.flatMap(({ values }) => values.map(([, line]) => line));
    // The line of the request is the last one, and has its status.
    const found = lines.find((line) => line.includes('"status"'));
    if (found !== undefined) return found;
  }
  return undefined;
}

const ofRequest = ["request_id", "method", "route", "path", "status", "duration_ms"];

/** zod does not know `dependentRequired`. The fields that it requires of the line of a request are listed above. */
function lineSchema() {
  const { dependentRequired: _dependentRequired, ...known } = record;
  return z.fromJSONSchema(known as z.core.JSONSchema.JSONSchema);
}

/** @param line the line of the request as the log store returns it */
export function lineFailures(line: string | undefined, status: number): Failure[] {
  const where = "log store";
  if (line === undefined) {
    const found = `no line within ${longestDelivery} s: the log agent has stopped, or Loki does not accept lines`;
    return [{ where, expected: "the line of the request", found, runbook: "ErpLogsMissing" }];
  }
  const content = parse(line);
  const missing = ofRequest.filter((field) => content?.[field] === undefined);
  const valid = lineSchema().safeParse(content);
  const faults = [
    ...missing.map((field) => `the field ${field} is missing`),
    ...(valid.success
      ? []
      : valid.error.issues.map((issue) => `${issue.path.join(".") || "the line"}: ${issue.message}`)),
    ...(content?.status !== undefined && content.status !== status
      ? [`status ${content.status} instead of ${status}`]
      : []),
  ];
  if (faults.length === 0) return [];
  return [
    {
      where,
      expected: "a line that fits logs/record.schema.json",
      found: faults.join("; "),
      runbook: "ErpLogsMissing",
    },
  ];
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
