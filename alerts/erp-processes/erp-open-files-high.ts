import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorker, erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";

const { openFiles, maxFiles } = erpApi;
const erpJobs = `job=~"${erpApiJob.name}|${erpWorkerJob.name}"`;
const allowed = 65_536;

const openFileSamples = (...parts: readonly (readonly [share: number, time: StoryTime])[]) => [
  samples(maxFiles, [holds(allowed, "1h")]),
  samples(
    openFiles,
    parts.map(([share, time]) => holds(share * allowed, time)),
  ),
];

/**
 * Connections count as open files too. At the maximum, the process cannot accept connections, open files or resolve
 * names.
 */
export const erpOpenFilesHigh = alert({
  name: "ErpOpenFilesHigh",
  group: "erp-workloads",
  severity: "warning",
  service: "erp",
  team: "erp",
  measure: promql`max by (job, pod) (${openFiles}{${erpJobs}} / ${maxFiles}{${erpJobs}})`,
  on: ["job", "pod"],
  above: ratio(0.8),
  for: "10m",
  summary: "An ERP process is running out of file descriptors: it will soon be unable to open files or connections.",
  description: `{{ $labels.pod }} uses ${valueText("ratio")} of its file descriptors.`,
  scenarios: {
    "the API leaks connections": fires({
      given: (limit) => openFileSamples([0.1, "5m"], [1.02 * limit, lasting("20m")], [0.1, "10m"]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "a worker leaks connections": fires({
      given: (limit) => [
        samples(erpWorker.maxFiles, [holds(allowed, lasting("20m"))]),
        samples(erpWorker.openFiles, [holds(1.02 * limit * allowed, lasting("20m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "just below the limit": silent({ given: (limit) => openFileSamples([0.98 * limit, "1h"]) }),
    "many clients connect for five minutes": blip({
      given: (limit) => openFileSamples([0.1, "5m"], [1.02 * limit, "5m"], [0.1, "10m"]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(openFiles, [gone("1h")])], because: "ErpTargetsMissing fires" }),
    ),
  },
});
