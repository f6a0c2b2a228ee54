import type { Recording } from "../../kit/metrics/recording";
import { type Promql, promql } from "../../kit/queries/query";
import type { BusinessRecordings } from "../../metrics/erp-business/business-recordings";

/** Objects that were created in the hour before each point, in total or by type. */
export function createdInHour({ created }: Pick<BusinessRecordings, "created">, by?: string): Promql {
  const objects = promql`sum_over_time(${created}{namespace="$namespace"}[1h])`;
  return by ? promql`sum by (${by}) (${objects})` : promql`sum(${objects})`;
}

/** Requests per minute in the 15 minutes before each point. */
export function requestsPerMinute(requests: Recording): Promql {
  return promql`sum(avg_over_time(${requests}{namespace="$namespace"}[15m]))`;
}
