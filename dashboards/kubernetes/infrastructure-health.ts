import * as units from "@grafana/grafana-foundation-sdk/units";
import { containerMemoryNearLimit } from "../../alerts/kubernetes/container-memory-near-limit";
import { podNotReady } from "../../alerts/kubernetes/pod-not-ready";
import { volumeAlmostFull } from "../../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../../alerts/kubernetes/volume-filling-up";
import { nodeDiskAlmostFull } from "../../alerts/nodes/node-disk-almost-full";
import { nodeMemoryHigh } from "../../alerts/nodes/node-memory-high";
import { nodeNotReady } from "../../alerts/nodes/node-not-ready";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { measuresNodes } from "../../metrics/conditions";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import type { Environment } from "../../settings/environment";
import { inOurNamespaces } from "./kubernetes-queries";

const width = 6;

/** Is it healthy? Each figure is the worst of its kind. */
export function health(environment: Environment): List<Panel> {
  return [
    firing(),
    notReady(),
    restarts(),
    fullestContainer(),
    fullestVolume(),
    nodesNotReady(),
    measuresNodes(environment) && fullestNode(),
    measuresNodes(environment) && fullestDisk(),
  ];
}

function firing(): Panel {
  return alertsFiring({
    width,
    which: "Alerts of the platform",
    matchers: 'team="platform",severity=~"critical|warning"',
  });
}

function notReady(): Panel {
  return stat({
    title: "Pods not ready",
    description:
      "Pods that ought to run and are not ready. During a rollout there are some; go on with the row of the pods when it stays.",
    unit: units.Short,
    width,
    query: promql`count(${podNotReady.measure} > ${podNotReady.limit}) or vector(0)`,
    thresholds: above({ yellow: 1, red: 3 }),
  });
}

function restarts(): Panel {
  return stat({
    title: "Restarts, 30 min",
    description:
      "How often containers were started anew in the last half hour. Yellow: read why. Red: go on with the row of the containers.",
    unit: units.Short,
    width,
    query: promql`sum(changes(${kubeStateMetrics.containerRestarts}{${inOurNamespaces}}[30m]))`,
    thresholds: above({ yellow: 1, red: 5 }),
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    empty: "not scraped",
  });
}

function fullestContainer(): Panel {
  return stat({
    title: "Fullest container",
    description: "Of its memory, what the container holds that is nearest to its limit, at which it is killed.",
    unit: units.PercentUnit,
    width,
    query: promql`max(${containerMemoryNearLimit.measure})`,
    thresholds: above({ yellow: 0.8, red: containerMemoryNearLimit.limit.value }),
    empty: "not scraped",
  });
}

function fullestVolume(): Panel {
  return stat({
    title: "Left on the fullest volume",
    description:
      "Of the volume that is nearest to being full. Yellow: it is told of when it goes on. Red: writes are about to fail. Not measured: the StorageClass' driver tells nothing of its volumes.",
    unit: units.PercentUnit,
    width,
    query: promql`min(${volumeAlmostFull.measure})`,
    thresholds: below({ yellow: volumeFillingUp.limit.value, red: volumeAlmostFull.limit.value }),
    empty: "not measured",
  });
}

function nodesNotReady(): Panel {
  return stat({
    title: "Nodes not ready",
    description: "Nodes whose kubelet does not report. Their pods are started elsewhere after five minutes.",
    unit: units.Short,
    width,
    query: promql`count(${nodeNotReady.measure} < ${nodeNotReady.limit}) or vector(0)`,
    thresholds: above({ red: 1 }),
  });
}

function fullestNode(): Panel {
  return stat({
    title: "Fullest node's memory",
    description: "Of the memory of the node that has the least left. Red: it is about to throw pods off.",
    unit: units.PercentUnit,
    width,
    query: promql`max(${nodeMemoryHigh.measure})`,
    thresholds: above({ yellow: 0.8, red: nodeMemoryHigh.limit.value }),
    empty: "not scraped",
  });
}

function fullestDisk(): Panel {
  return stat({
    title: "Left on the fullest disk",
    description:
      "Of the node's disk that has the least left. Yellow: the kubelet deletes images. Red: that did not help.",
    unit: units.PercentUnit,
    width,
    query: promql`min(${nodeDiskAlmostFull.measure})`,
    thresholds: below({ yellow: 0.15, red: nodeDiskAlmostFull.limit.value }),
    empty: "not scraped",
  });
}
