import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";
import { goneExporter, silentAbsence } from "./elasticsearch-absence";

const { diskAvailable, diskSize } = elasticsearch;

const disk = 500_000_000_000;

const diskSamples = (...parts: Part[]) => [samples(diskAvailable, parts), samples(diskSize, [holds(disk, "1h")])];

const otherDisk = { ...diskSize.sample, mount: "/second", path: "/second" };

const otherDiskSamples = [diskAvailable, diskSize].map((metric) => samples(metric, [holds(disk, "1h")], otherDisk));

/**
 * By default, Elasticsearch moves shards to other nodes below 10 % free space. Below 5 % it makes indices read-only,
 * and no order is indexed any more.
 */
export const elasticsearchDiskLow = alert({
  name: "ElasticsearchDiskLow",
  group: "erp-saturation",
  severity: "warning",
  service: "elasticsearch",
  team: "erp",
  on: ["name"],
  measure: promql`min by (name) (${diskAvailable} / ${diskSize})`,
  below: ratio(0.1),
  for: "10m",
  summary: "An Elasticsearch node is running out of disk space.",
  description: `{{ $labels.name }} has ${valueText("ratio")} of its disk space left. Below 5% its indices become read-only.`,
  scenarios: {
    "one of two disks fills up and is cleared": fires({
      given: (limit) => [
        ...diskSamples(holds(0.5 * disk, "5m"), holds(0.9 * limit * disk, lasting("20m")), holds(0.5 * disk, "25m")),
        ...otherDiskSamples,
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just above the limit": silent({ given: (limit) => diskSamples(holds(1.1 * limit * disk, "1h")) }),
    "a merge of segments needs twice the space for five minutes": blip({
      given: (limit) => diskSamples(holds(0.5 * disk, "5m"), holds(0.9 * limit * disk, "5m"), holds(0.5 * disk, "50m")),
    }),
    "Elasticsearch is down": silentAbsence(samples(diskAvailable, goneExporter), samples(diskSize, goneExporter)),
  },
});
