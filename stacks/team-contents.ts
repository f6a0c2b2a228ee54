import { Construct } from "constructs";
import { CustomResources } from "../constructs/custom-resources";
import { prometheusRule } from "../constructs/prometheus-rule";
import { monitorLabels, namespaces } from "../settings/addresses";
import type { TeamContent } from "../subjects/team-contents";

export interface TeamContentsProps {
  readonly teams: readonly TeamContent[];
}

/** The rules and monitors of teams. Each team has a release of its own, so that an object that the cluster refuses concerns no other. */
export class TeamContents extends Construct {
  constructor(scope: Construct, id: string, { teams }: TeamContentsProps) {
    super(scope, id);
    for (const { team, rules, monitors } of teams) {
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
