import type { Alert } from "../../kit/alerts/alert";
import type { Catalogued } from "../../metrics/inventory";
import { targetsDown } from "./targets-down";

/** Targets of the platform that do not answer: exporters of the cluster, and the parts of the monitoring itself. */
export function platformTargetsDown({ jobs }: Pick<Catalogued, "jobs">): Alert {
  return targetsDown(
    { name: "PlatformTargetsDown", group: "platform-availability", team: "platform" },
    jobs,
    "PlatformTargetsMissing",
  );
}
