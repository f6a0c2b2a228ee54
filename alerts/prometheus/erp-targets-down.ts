import type { Alert } from "../../kit/alerts/alert";
import type { Catalogued } from "../../metrics/inventory";
import { targetsDown } from "./targets-down";

/** Targets of the ERP team that do not answer: the ERP itself, its probes, and the exporters of its servers. */
export function erpTargetsDown({ jobs }: Pick<Catalogued, "jobs">): Alert {
  return targetsDown({ name: "ErpTargetsDown", group: "erp-availability", team: "erp" }, jobs, "ErpTargetsMissing");
}
