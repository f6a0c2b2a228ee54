import type { Judgement } from "../../commands/dashboards/judgement";
import { judgeDashboards } from "../../commands/test-dashboards";
import { testEnvironment } from "./cluster-environment";
import { context } from "./kubernetes";

/** The result of every query of every dashboard, now. */
export function dashboardJudgements(): Promise<readonly Judgement[]> {
  return judgeDashboards(testEnvironment({ context, charts: "" }), context);
}
