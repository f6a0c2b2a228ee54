import { erpApi } from "../../metrics/erp-api";
import { jobs } from "../../metrics/jobs";
import { promql } from "../../queries/query";
import { alert } from "../alert";
import { ratio } from "../limit";
import { rises, samples } from "../samples";
import { absence, blip, fires, lowTraffic, silent } from "../scenario";

const { bucket } = erpApi.functionDuration;
const share = ratio(0.05);
/** Calls in ten minutes below which a share of them is chance. */
const least = 20;
const on = ["namespace", "service_name", "function_name"] as const;

// Of the API alone: what workers do may take its time.
const calls = (le: string) =>
  promql`sum by (${on.join(", ")}) (rate(${bucket}{job="${jobs.erpApi.name}",le="${le}"}[10m]))`;

const slow = (perSecond: number, ...times: (readonly [share: number, time: string])[]) => [
  samples(
    bucket,
    times.map(([share, time]) => rises((1 - share) * perSecond, time)),
    { le: "1.0" },
  ),
  samples(
    bucket,
    times.map(([, time]) => rises(perSecond, time)),
    { le: "+Inf" },
  ),
];

/** Where in the code the time goes. As of routes, a share above a bound of the histogram says more than a quantile. */
export const erpServiceFunctionSlow = alert({
  name: "ErpServiceFunctionSlow",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  measure: promql`1 - ${calls("1.0")} / ${calls("+Inf")}`,
  above: share,
  provided: promql`600 * ${calls("+Inf")} > ${least}`,
  on,
  for: "10m",
  summary: "A function of the ERP's service layer is slow.",
  description:
    "{{ $value | humanizePercentage }} of the calls of {{ $labels.service_name }}.{{ $labels.function_name }} in {{ $labels.namespace }} take longer than 1 s.",
  scenarios: {
    "a little more of its calls are slow than may be": fires({
      given: slow(1, [0, "20m"], [1.2 * share.value, "30m"], [0, "15m"]),
      onset: "20m",
      after: "18m",
      by: "18m45s",
      resolves: { after: "31m15s", by: "32m" },
    }),
    "a little less of its calls are slow than may be": silent({
      given: slow(1, [0, "20m"], [0.8 * share.value, "30m"]),
      because: "a few always are",
    }),
    "a third of its calls are slow for two and a half minutes": blip({
      given: slow(1, [0, "20m"], [6 * share.value, "2m30s"], [0, "20m"]),
    }),
    "the few calls of a night are slow": lowTraffic({ given: slow((0.9 * least) / 600, [1, "1h"]) }),
    "it is never called": absence(silent({ given: [], because: "there is nothing to wait for" })),
  },
});
