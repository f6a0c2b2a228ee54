import type { FiledDashboard } from "../../kit/dashboards/build-dashboards";
import type { PageDashboard } from "../../preview/src/session";

/** A dashboard of this project, in the form that the page reads. */
export function pageDashboard({ folder, model }: FiledDashboard): PageDashboard {
  return { uid: model.uid, title: model.title, folder, model };
}
