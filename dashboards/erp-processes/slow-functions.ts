import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { type Promql, promql } from "../../kit/queries/query";

interface SlowFunctionsForm {
  readonly title: string;
  readonly description: string;
  /** Calls per second by bucket of their duration. */
  readonly buckets: Promql;
}

/** The ten slowest functions of the service layer, which runs in the API and in the workers. */
export function slowFunctions({ title, description, buckets }: SlowFunctionsForm): Panel {
  return timeseries({
    title,
    description,
    unit: units.Seconds,
    width: 12,
    queries: [
      {
        query: promql`topk(10, histogram_quantile($percentile, sum by (le, service_name, function_name) (${buckets})) >= 0)`,
        legend: "{{service_name}}.{{function_name}}",
      },
    ],
    empty: "no calls",
  });
}
