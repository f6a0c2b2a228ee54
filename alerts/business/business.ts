import type { Catalogue } from "../../metrics/catalogue";
import type { Alert } from "../alert";
import { erpCreationStopped } from "./creation";
import { erpTrafficDrop } from "./traffic";

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
