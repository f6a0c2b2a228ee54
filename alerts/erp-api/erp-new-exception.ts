import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { otherApiPod } from "./other-api-pod";

const on = ["namespace", "exception_type", "route"] as const;

/**
 * An unhandled exception of a type that did not occur for a day. It goes to the chat, because Sentry has the details.
 * The counter starts at 1, which `rate` does not see, so that the alert checks whether the counter exists. There is no
 * alert if the HTTP library does not report the type of exceptions.
 */
export function erpNewException({ http }: Pick<Inventory, "http">): Alert | undefined {
  const now = http.exceptionCounters();
  const before = http.exceptionCounters({ within: "1d", until: "10m" });
  const { exceptions } = http.traffic;
  if (!now || !before || !exceptions) return undefined;
  const exceptionKinds = (counters: Promql) => promql`count by (${on.join(", ")}) (${counters})`;
  return alert({
    name: "ErpNewException",
    group: "erp-errors",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    causedBy: ["postgresql", "redis"],
    measure: promql`(${exceptionKinds(now)} unless ${exceptionKinds(before)}) or 0 * ${exceptionKinds(now)}`,
    above: count(0),
    on,
    for: "1m",
    summary: "The ERP raises an unhandled exception that did not occur in the last day.",
    description: `${valueText("count", "pod")} raised {{ $labels.exception_type }} in {{ $labels.route }} ({{ $labels.namespace }}) and did not handle it.`,
    scenarios: {
      "an exception type occurs for the first time": fires({
        given: [samples(exceptions, [gone("5m"), holds(1, lasting("14m"))])],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: "9m45s", by: "10m15s" },
      }),
      "an exception type occurs again after 30 hours": fires({
        given: [samples(exceptions, [holds(1, "5m"), gone("30h"), holds(1, lasting("59m"))])],
        stepSeconds: 300,
        onset: "30h5m",
        after: lasting("-1m"),
        by: lasting("4m"),
      }),
      "a new pod raises an exception that another pod raised 20 hours ago": silent({
        given: [
          samples(exceptions, [holds(3, "5m"), gone("22h")]),
          samples(exceptions, [gone("20h"), holds(1, "2h")], otherApiPod),
        ],
        stepSeconds: 300,
      }),
      "a pod raises an exception while it shuts down": blip({
        given: [samples(exceptions, [gone("5m"), holds(1, "30s"), gone("10m")])],
      }),
      "no exception was ever raised": absence(silent({ given: [] })),
    },
  });
}
