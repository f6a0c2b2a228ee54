import { alert } from "../../kit/alerts/alert";
import { valueText } from "../../kit/alerts/value-text";
import { boundary } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { slowShare } from "./slow-share";

const { bucket } = erpApi.functionDuration;
const bound = boundary(1);
const on = ["namespace", "service_name", "function_name"] as const;

// Only calls of the API: tasks of workers may take longer.
const callRate = (le: string) =>
  promql`sum by (${on.join(", ")}) (rate(${bucket}{job="${erpApiJob.name}",le="${le}"}[10m]))`;

/** Shows which function of the service layer is slow. */
export const erpServiceFunctionSlow = alert({
  ...slowShare({
    bucket,
    bound,
    all: callRate("+Inf"),
    slow: promql`1 - ${callRate(bound)} / ${callRate("+Inf")}`,
    absent: "without calls no user waits",
  }),
  name: "ErpServiceFunctionSlow",
  group: "erp-latency",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  on,
  summary: "One function of the ERP's service layer is slow.",
  description: `${valueText("ratio")} of the calls of {{ $labels.service_name }}.{{ $labels.function_name }} in {{ $labels.namespace }} take longer than 1 s.`,
});
