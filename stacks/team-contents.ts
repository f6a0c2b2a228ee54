import { Construct } from "constructs";
import { CustomResources } from "../constructs/custom-resources";
import { prometheusRule } from "../constructs/prometheus-rule";
import { monitorLabels, namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import type { TeamContent } from "../subjects/team-contents";
import { GrafanaContent } from "./grafana-content";

export interface TeamContentsProps {
  readonly teams: readonly TeamContent[];
  readonly grafana: Environment["grafana"];
}

/** The rules, monitors and dashboards of teams. Each team has a release of its own, so that an object that the cluster refuses concerns no other. */
export class TeamContents extends Construct {
  constructor(scope: Construct, id: string, { teams, grafana }: TeamContentsProps) {
    super(scope, id);
    new GrafanaContent(this, "Dashboards", { grafana, dashboards: teams.flatMap(({ dashboards }) => dashboards) });
    for (const { team, rules, monitors } of teams.filter((one) => one.rules.length + one.monitors.length > 0)) {
      new CustomResources(this, team, {
        name: `team-${team}`,
        namespace: namespaces.monitoring,
        resources: [
          ...monitors.map(({ monitor }) => monitor),
          ...rules.flatMap(({ groups }) => groups.map((group) => prometheusRule(group, monitorLabels))),
        ],
      });
    }
  }
}
