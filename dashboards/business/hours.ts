import type { BusinessRecordings } from "../../metrics/recordings/business";
import type { Recording } from "../../metrics/recordings/recording";
import { type Promql, promql } from "../../queries/query";

/** Objects that were created in the hour before each point, altogether or by type. */
export function createdInHour({ created }: Pick<BusinessRecordings, "created">, by?: string): Promql {
  const objects = promql`sum_over_time(${created}{namespace="$namespace"}[1h])`;
  return by ? promql`sum by (${by}) (${objects})` : promql`sum(${objects})`;
}

/** Requests a minute in the quarter of an hour before each point. */
export function askedNow(requests: Recording): Promql {
  return promql`sum(avg_over_time(${requests}{namespace="$namespace"}[15m]))`;
}
