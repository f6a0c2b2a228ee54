import { promql } from "../../queries/query";
import type { HttpProfile } from "../http/profile";
import { type Recording, recording } from "./recording";

export interface HttpRecordings extends Readonly<Record<string, Recording>> {
  readonly requests: Recording;
  readonly failures: Recording;
}

/**
 * Requests and failures of each minute. Windows of a day and more add these up: over the counters themselves they would
 * read millions of samples.
 */
export function httpRecordings(http: HttpProfile): HttpRecordings {
  const perMinute = promql`60 * sum by (namespace) (${http.requests("1m")})`;
  return {
    requests: recording({
      name: "erp:http_requests:increase1m",
      help: "Requests that the ERP finished in the last minute.",
      measure: perMinute,
    }),
    failures: recording({
      name: "erp:http_failures:increase1m",
      help: "Of these, the ones that the server failed; 0 where there was traffic and none failed.",
      measure: promql`60 * sum by (namespace) (${http.failures("1m")}) or 0 * ${perMinute}`,
    }),
  };
}
