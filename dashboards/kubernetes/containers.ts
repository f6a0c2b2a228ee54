import { erpOpenFilesHigh } from "../../alerts/erp-processes/erp-open-files-high";
import { containerMemoryNearLimit } from "../../alerts/kubernetes/container-memory-near-limit";
import { containerOutOfMemory } from "../../alerts/kubernetes/container-out-of-memory";
import { podCrashLooping } from "../../alerts/kubernetes/pod-crash-looping";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";

/** What ends, and what is about to. */
export function containers({ runbookBaseUrl }: Environment): Panel[] {
  const form = { runbookBaseUrl, width: 12 };
  return [
    alertPanel(containerMemoryNearLimit, { ...form, empty: "not scraped" }),
    alertPanel(containerOutOfMemory, { ...form, empty: "none was killed" }),
    alertPanel(podCrashLooping, { ...form, empty: "not scraped" }),
    alertPanel(erpOpenFilesHigh, { ...form, empty: "not scraped" }),
  ];
}
