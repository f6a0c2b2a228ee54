import type { Judgement } from "../../commands/dashboards/judgement";
import { judgeDashboards } from "../../commands/test-dashboards";
import { type TestCluster, testEnvironment } from "./cluster-environment";
import { context } from "./kubernetes";

/** The result of every query of every dashboard, now. */
export function dashboardJudgements(deployed: Pick<TestCluster, "elasticsearch"> = {}): Promise<readonly Judgement[]> {
  return judgeDashboards(testEnvironment({ context, charts: "", ...deployed }), context);
}
