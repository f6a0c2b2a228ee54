import type { Alert } from "../../kit/alerts/alert";
import type { Catalogued } from "../../metrics/inventory";
import { targetsMissing } from "./targets-missing";

/** Jobs of the ERP team without a target: the ERP itself, its probes, and the exporters of its servers. */
export function erpTargetsMissing({ jobs }: Pick<Catalogued, "jobs">): Alert {
  return targetsMissing({ name: "ErpTargetsMissing", group: "erp-availability", team: "erp" }, jobs, "ErpTargetsDown");
}
