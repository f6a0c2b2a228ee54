import type { FiledDashboard } from "../../../kit/dashboards/build-dashboards";
import { allDashboards } from "../../../signals";
import type { Check, Failure } from "../check";
import { differences } from "../differences";
import { asksGrafana, whileAskingGrafana, withoutOwnGrafana } from "../grafana";

/** A dashboard, as Grafana returns it. Only the fields that we read are listed. @see https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/ */
export interface StoredDashboard {
  readonly dashboard: Readonly<Record<string, unknown>>;
  readonly meta: { readonly folderTitle?: string };
}

export const shownDashboards: Check = {
  id: "shown-dashboards",
  title: "every dashboard is in its folder of Grafana with our content",
  permissions: asksGrafana,
  readsSecrets: true,
  without: withoutOwnGrafana,
  run: (deployment) =>
    whileAskingGrafana(deployment, async (ask) => {
      const expected = allDashboards(deployment.signals);
      const failures = await Promise.all(
        expected.map(async (filed) => {
          const { status, body } = await ask<StoredDashboard>(`/api/dashboards/uid/${filed.model.uid}`);
          return dashboardFailures(filed, status === 200 ? body : undefined);
        }),
      );
      return { failures: failures.flat(), extent: `${expected.length} dashboards` };
    }),
};

export function dashboardFailures({ folder, model }: FiledDashboard, stored: StoredDashboard | undefined): Failure[] {
  const where = `dashboard "${model.title}"`;
  if (stored === undefined) {
    const found = "it does not exist: the sidecar has not copied its ConfigMap";
    return [{ where, expected: `in the folder ${folder}`, found, runbook: "changed-object" }];
  }
  const { folderTitle = "no folder" } = stored.meta;
  const misplaced =
    folderTitle === folder
      ? []
      : [{ where, expected: `in the folder ${folder}`, found: `in ${folderTitle}`, runbook: "changed-object" }];
  // Grafana counts versions and numbers dashboards itself, and adds defaults.
  const { id: _id, version: _version, ...content } = JSON.parse(JSON.stringify(model));
  const changed = differences(content, stored.dashboard, "extra fields are allowed");
  return [...misplaced, ...(changed ? [{ where, ...changed, runbook: "changed-object" }] : [])];
}
