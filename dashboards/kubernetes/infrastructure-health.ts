import * as units from "@grafana/grafana-foundation-sdk/units";
import { containerMemoryNearLimit } from "../../alerts/kubernetes/container-memory-near-limit";
import { podNotReady } from "../../alerts/kubernetes/pod-not-ready";
import { volumeAlmostFull } from "../../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../../alerts/kubernetes/volume-filling-up";
import { nodeDiskAlmostFull } from "../../alerts/nodes/node-disk-almost-full";
import { nodeMemoryHigh } from "../../alerts/nodes/node-memory-high";
import { nodeNotReady } from "../../alerts/nodes/node-not-ready";
import type { Alert } from "../../kit/alerts/alert";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, panelOf, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { measuresNodes } from "../../metrics/conditions";
import type { DashboardInventory, Inventory } from "../../metrics/inventory";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";

const width = 6;

/** Numbers from left to right, each for the worst pod, container, volume or node. */
export function health(inventory: DashboardInventory): List<Panel> {
  const { environment, alertsOf } = inventory;
  return [
    firing(alertsOf.platform),
    notReady(podNotReady(inventory)),
    restarts(inventory),
    highestContainerMemory(containerMemoryNearLimit(inventory)),
    lowestVolumeSpace(inventory),
    nodesNotReady(),
    measuresNodes(environment) && highestNodeMemory(),
    measuresNodes(environment) && lowestDiskSpace(),
  ];
}

function firing(alerts: string): Panel {
  return alertsFiring({
    width,
    which: "Platform alerts",
    matchers: `${alerts},severity=~"critical|warning"`,
  });
}

function notReady(alert: Alert): Panel {
  return panelOf(alert, ({ measure, limit }) =>
    stat({
      title: "Pods not ready",
      description:
        "Pods that should run and are not ready. During a rollout, some are normal. If the number does not fall to 0, see the row Pods in all our namespaces.",
      unit: units.Short,
      width,
      query: promql`count(${measure} > ${limit}) or vector(0)`,
      thresholds: above({ yellow: 1, red: 3 }),
    }),
  );
}

function restarts({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Panel {
  return stat({
    title: "Restarts, 30 min",
    description:
      "Restarts of containers in the last half hour. Yellow: find the reason in the logs. Red: see the row Containers in all our namespaces.",
    unit: units.Short,
    width,
    query: promql`sum(changes(${kubeStateMetrics.containerRestarts}{${inOurNamespaces}}[30m]))`,
    thresholds: above({ yellow: 1, red: 5 }),
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    empty: "not scraped",
  });
}

function highestContainerMemory(alert: Alert): Panel {
  return stat({
    title: "Highest container memory",
    description:
      "Memory use of the container closest to its limit, as a share of that limit. At 100 % the kernel kills the container. See the row Containers in all our namespaces.",
    unit: units.PercentUnit,
    width,
    query: promql`max(${alert.measure})`,
    thresholds: above({ yellow: 0.8, red: alert }),
    empty: "not scraped",
  });
}

function lowestVolumeSpace(inventory: Pick<Inventory, "inOurNamespaces">): Panel {
  const almostFull = volumeAlmostFull(inventory);
  return stat({
    title: "Lowest free volume space",
    description:
      "Free space of the fullest volume, as a share of its size. Yellow: an alert fires if this continues. Red: writes are about to fail. Not measured: the storage driver does not report volume statistics. See the row Volumes.",
    unit: units.PercentUnit,
    width,
    query: promql`min(${almostFull.measure})`,
    thresholds: below({ yellow: volumeFillingUp(inventory), red: almostFull }),
    empty: "not measured",
  });
}

function nodesNotReady(): Panel {
  return panelOf(nodeNotReady, ({ measure, limit }) =>
    stat({
      title: "Nodes not ready",
      description:
        "Nodes whose kubelet does not report. After five minutes, their pods are started on other nodes. See the row Nodes.",
      unit: units.Short,
      width,
      query: promql`count(${measure} < ${limit}) or vector(0)`,
      thresholds: above({ red: 1 }),
    }),
  );
}

function highestNodeMemory(): Panel {
  return stat({
    title: "Highest node memory",
    description:
      "Memory use of the node with the least free memory. Red: the node is about to evict pods. See the row Nodes.",
    unit: units.PercentUnit,
    width,
    query: promql`max(${nodeMemoryHigh.measure})`,
    thresholds: above({ yellow: 0.8, red: nodeMemoryHigh }),
    empty: "not scraped",
  });
}

function lowestDiskSpace(): Panel {
  return stat({
    title: "Lowest free node disk space",
    description:
      "Free space of the fullest disk of a node, as a share of its size. Yellow: the kubelet deletes images to free space. Red: deleting images did not free enough space. See the row Nodes.",
    unit: units.PercentUnit,
    width,
    query: promql`min(${nodeDiskAlmostFull.measure})`,
    thresholds: below({ yellow: 0.15, red: nodeDiskAlmostFull }),
    empty: "not scraped",
  });
}
