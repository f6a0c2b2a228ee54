import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { alertmanagerCluster } from "../../metrics/alertmanager/alertmanager-metrics";
import type { Inventory } from "../../metrics/inventory";

const { members } = alertmanagerCluster;

/**
 * Members that do not see each other each send every notification, and a silence applies only to the member that
 * received it.
 */
export function alertmanagerMembersMissing({ environment }: Pick<Inventory, "environment">): Alert {
  const { replicas } = environment.alertmanager;
  const memberSamples = (all: number, number: number, time: StoryTime, pod: number) =>
    samples(members, [holds(all, "10m"), holds(number, time), holds(all, "10m")], {
      pod: `alertmanager-${pod}`,
    });
  return alert({
    name: "AlertmanagerMembersMissing",
    group: "platform-monitoring",
    severity: "warning",
    team: "platform",
    service: "alertmanager",
    measure: promql`min by (pod) (${members})`,
    on: ["pod"],
    below: count(replicas, "alertmanager.replicas"),
    for: "15m",
    summary:
      "The Alertmanagers cannot reach each other: notifications are sent more than once, and silences are not shared.",
    description: `{{ $labels.pod }} is connected to a cluster of ${valueText("count", "member")}, itself included. The cluster should have ${replicas}.`,
    scenarios: {
      "one member is disconnected": fires({
        given: (limit) => [
          memberSamples(limit, limit, lasting("15m"), 0),
          memberSamples(limit, limit - 1, lasting("15m"), 1),
        ],
        onset: "10m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("14m45s"), by: lasting("15m") },
      }),
      "all members see each other": silent({
        given: (limit) => [0, 1].map((pod) => memberSamples(limit, limit, "30m", pod)),
      }),
      "the members are replaced one after the other": blip({
        given: (limit) => [memberSamples(limit, limit - 1, "12m", 0)],
      }),
      "all members are gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
