import * as units from "@grafana/grafana-foundation-sdk/units";
import { volumeAlmostFull, volumeFillingUp } from "../../alerts/kubernetes/volumes";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { jobs } from "../../metrics/jobs";
import { kubelet } from "../../metrics/kubernetes/kubelet-metrics";
import { own } from "./own";

const empty = "not measured by its driver";

/** What is left to be written. */
export function volumes({ runbookBaseUrl }: Environment): Panel[] {
  return [alertPanel(volumeFillingUp, { runbookBaseUrl, width: 12, graver: volumeAlmostFull, empty }), pace()];
}

function pace(): Panel {
  const { volumeAvailable } = kubelet;
  return timeseries({
    title: "Bytes left on volumes",
    description:
      "What each volume of ours can still take; a line that falls steadily shows when it ends. Volumes that are folders of one disk share one line: that disk's.",
    unit: units.BytesIEC,
    width: 12,
    scrapeSeconds: jobs.kubelet.intervalSeconds,
    queries: [
      {
        query: promql`min by (namespace, persistentvolumeclaim) (${volumeAvailable}{${own}})`,
        legend: "{{namespace}} {{persistentvolumeclaim}}",
      },
    ],
    empty,
  });
}
