import type { Judgement } from "../../commands/dashboards/judgement";
import { judgeEnvironment } from "../../commands/test-dashboards";
import { type TestCluster, testEnvironment } from "./cluster-environment";
import { context } from "./kubernetes";
import { minute } from "./steps";

/** What is deployed in addition to `local`. */
type Deployed = Pick<TestCluster, "alloy" | "elasticsearch" | "shared">;

/** The current result of every query of every dashboard. */
export function dashboardJudgements(deployed: Deployed = {}): Promise<readonly Judgement[]> {
  return judgeEnvironment(testEnvironment({ context, charts: "", ...deployed }), context);
}

/** Panels of a dashboard that are still empty after ten minutes. A rate has no result before the second scrape. */
export async function emptyPanels(dashboard: string, deployed: Deployed): Promise<readonly string[]> {
  const empty = async () =>
    (await dashboardJudgements(deployed))
      .filter(({ question, outcome }) => question.dashboard === dashboard && outcome === "empty")
      .map(({ question }) => question.panel);
  let found = await empty();
  for (const end = Date.now() + 10 * minute; Date.now() < end && found.length > 0; ) found = await empty();
  return found;
}
