import type { FiledDashboard } from "../../kit/dashboards/build-dashboards";
import type { Drawn } from "../../preview/src/session";

/** One of our dashboards, as the page gets it. */
export function drawnDashboard({ folder, model }: FiledDashboard): Drawn {
  return { uid: model.uid, title: model.title, folder, model };
}
