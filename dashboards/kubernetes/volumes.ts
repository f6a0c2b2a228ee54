import * as units from "@grafana/grafana-foundation-sdk/units";
import { volumeAlmostFull } from "../../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../../alerts/kubernetes/volume-filling-up";
import { volumeInodesLow } from "../../alerts/kubernetes/volume-inodes-low";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubelet, kubeletMetricsJob } from "../../metrics/kubernetes/kubelet-metrics";

const empty = "not reported by the storage driver";

/** Free space and free inodes of the volumes. */
export function volumes(inventory: Pick<Inventory, "inOurNamespaces">): Panel[] {
  const nearest = { width: 8, most: 10, legend: "{{namespace}} {{persistentvolumeclaim}}", empty };
  return [
    alertPanel(volumeFillingUp(inventory), {
      ...nearest,
      title: "Free space on volumes",
      moreSevere: volumeAlmostFull(inventory),
    }),
    freeBytes(inventory),
    alertPanel(volumeInodesLow(inventory), { ...nearest, title: "Free inodes on volumes" }),
  ];
}

function freeBytes({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Panel {
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
