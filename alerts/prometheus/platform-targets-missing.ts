import type { Alert } from "../../kit/alerts/alert";
import type { Catalogued } from "../../metrics/inventory";
import { targetsMissing } from "./targets-missing";

/** Jobs of the platform without a target: exporters of the cluster, and the parts of the monitoring itself. */
export function platformTargetsMissing({ jobs }: Pick<Catalogued, "jobs">): Alert {
  return targetsMissing(
    { name: "PlatformTargetsMissing", group: "platform-availability", team: "platform" },
    jobs,
    "PlatformTargetsDown",
  );
}
