import * as units from "@grafana/grafana-foundation-sdk/units";
import { volumeAlmostFull } from "../../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../../alerts/kubernetes/volume-filling-up";
import { volumeInodesLow } from "../../alerts/kubernetes/volume-inodes-low";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { kubelet, kubeletMetricsJob } from "../../metrics/kubernetes/kubelet-metrics";
import { inOurNamespaces } from "./kubernetes-queries";

const empty = "not reported by the storage driver";

/** Free space and free inodes of the volumes. */
export function volumes(): Panel[] {
  const nearest = { width: 8, most: 10, legend: "{{namespace}} {{persistentvolumeclaim}}", empty };
  return [
    alertPanel(volumeFillingUp, { ...nearest, title: "Free space on volumes", moreSevere: volumeAlmostFull }),
    freeBytes(),
    alertPanel(volumeInodesLow, { ...nearest, title: "Free inodes on volumes" }),
  ];
}

function freeBytes(): Panel {
  const { volumeAvailable } = kubelet;
  return timeseries({
    title: "Free bytes on volumes",
    description:
      "Free space of the ten volumes with the least free space. A line that falls steadily shows when the volume will be full. Volumes that are directories on one disk share one line, which shows the free space of that disk.",
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
