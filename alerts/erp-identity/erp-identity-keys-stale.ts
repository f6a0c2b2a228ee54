import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpIdentity } from "../../metrics/erp-identity/identity-metrics";
import { otherApiPod } from "../erp-api/other-api-pod";

const { keysLastSuccess } = erpIdentity;
const alone = "the age of the keys grows by itself";

/**
 * The API continues with the keys that it has, so that nobody notices at first. The next key of the issuer locks
 * everybody out, and a new pod has no keys at all. The API fetches the keys every five minutes, or reads their file every
 * ten seconds; after a failure it tries again every ten seconds.
 */
export const erpIdentityKeysStale = alert({
  name: "ErpIdentityKeysStale",
  group: "erp-identity",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  causedBy: ["dns"],
  measure: promql`time() - min by (namespace) (${keysLastSuccess})`,
  above: seconds(1800),
  on: ["namespace"],
  summary: "The ERP cannot read the keys of the issuer, and will reject tokens that are signed with a new key.",
  description: `A pod of the API in {{ $labels.namespace }} last read the keys of the issuer ${valueText("seconds")} ago.`,
  scenarios: {
    "the issuer cannot be reached for an hour": fires({
      alone,
      given: (limit) => [samples(keysLastSuccess, [holds(600 - limit, "1h"), holds(3600, "30m")])],
      onset: "10m",
      after: "0s",
      by: "15s",
      resolves: { after: "49m45s", by: "50m" },
    }),
    "one of two pods cannot reach the issuer": fires({
      alone,
      given: (limit) => [
        samples(keysLastSuccess, [holds(600 - limit, "1h")]),
        samples(keysLastSuccess, [holds(600, "1h")], otherApiPod),
      ],
      onset: "10m",
      after: "0s",
      by: "15s",
    }),
    "the issuer cannot be reached for half of the limit": silent({
      given: (limit) => [samples(keysLastSuccess, [holds(0, `${limit / 2}s`), holds(limit / 2, "20m")])],
    }),
    "the pod that cannot reach the issuer is replaced": silent({
      given: (limit) => [
        samples(keysLastSuccess, [holds(600 - limit, "9m"), gone("20m")]),
        samples(keysLastSuccess, [gone("9m"), holds(540, "20m")], otherApiPod),
      ],
    }),
    "the API is down": absence(silent({ given: [], because: "ErpDown pages" })),
  },
});
