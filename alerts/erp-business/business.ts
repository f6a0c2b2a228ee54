import type { Alert } from "../../kit/alerts/alert";
import type { Catalogue } from "../../metrics/catalogue";
import { erpCreationStopped } from "./erp-creation-stopped";
import { erpTrafficDrop } from "./erp-traffic-drop";

export interface BusinessAlerts {
  readonly creationStopped: Alert;
  readonly trafficDrop: Alert;
}

/** Whether the ERP is of use; only where Prometheus remembers last week, which tells what to expect. */
export function businessAlerts({
  tallies,
  business,
}: Pick<Catalogue, "tallies" | "business">): BusinessAlerts | undefined {
  const { created, weekAgo } = business;
  const requests = tallies.availability.all.minute;
  return (
    weekAgo && {
      creationStopped: erpCreationStopped({ requests, created, weekAgo }),
      trafficDrop: erpTrafficDrop({ requests, weekAgo }),
    }
  );
}
