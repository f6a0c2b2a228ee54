import type { FiledDashboard } from "../../kit/dashboards/build-dashboards";
import type { Drawn } from "../../preview/src/session";

/** A dashboard of this project in the form for the page. */
export function drawnDashboard({ folder, model }: FiledDashboard): Drawn {
  return { uid: model.uid, title: model.title, folder, model };
}
