import { containerMemoryNearLimit } from "../../alerts/saturation/container-memory";
import { erpOpenFilesHigh } from "../../alerts/saturation/open-files";
import { containerOutOfMemory } from "../../alerts/saturation/out-of-memory";
import { podCrashLooping } from "../../alerts/workloads/crash-loop";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../frame/alert-panel";
import type { Panel } from "../frame/panels";

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
