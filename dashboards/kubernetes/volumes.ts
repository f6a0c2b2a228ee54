import * as units from "@grafana/grafana-foundation-sdk/units";
import { volumeAlmostFull } from "../../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../../alerts/kubernetes/volume-filling-up";
import { volumeInodesLow } from "../../alerts/kubernetes/volume-inodes-low";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { kubelet, kubeletMetricsJob } from "../../metrics/kubernetes/kubelet-metrics";
import { inOurNamespaces } from "./kubernetes-queries";

const empty = "not measured by its driver";

/** What is left to be written. */
export function volumes(): Panel[] {
  const nearest = { width: 8, most: 10, legend: "{{namespace}} {{persistentvolumeclaim}}", empty };
  return [
    alertPanel(volumeFillingUp, { ...nearest, title: "Space left on volumes", severer: volumeAlmostFull }),
    bytesLeft(),
    alertPanel(volumeInodesLow, { ...nearest, title: "Inodes left on volumes" }),
  ];
}

function bytesLeft(): Panel {
  const { volumeAvailable } = kubelet;
  return timeseries({
    title: "Bytes left on volumes",
    description:
      "What each volume of ours can still take, the ten with least; a line that falls steadily shows when it ends. Volumes that are folders of one disk share one line: that disk's.",
    unit: units.BytesIEC,
    width: 8,
    scrapeSeconds: kubeletMetricsJob.intervalSeconds,
    queries: [
      {
        query: promql`bottomk(10, min by (namespace, persistentvolumeclaim) (${volumeAvailable}{${inOurNamespaces}}))`,
        legend: "{{namespace}} {{persistentvolumeclaim}}",
      },
    ],
    empty,
  });
}
