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

const roomy = [diskAvailable, diskSize].map((metric) => samples(metric, [holds(disk, "1h")], otherDisk));

/** Elasticsearch moves shards away at 10 % by default, and at 5 % only reads: then no order is indexed any more. */
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
  summary: "A node of Elasticsearch is running out of disk.",
  description: `{{ $labels.name }} has ${valueText("ratio")} of its disk left. Below 5% its indices become read-only.`,
  scenarios: {
    "one of its two disks fills up, and is given room": fires({
      given: (limit) => [
        ...diskSamples(holds(0.5 * disk, "5m"), holds(0.9 * limit * disk, lasting("20m")), holds(0.5 * disk, "25m")),
        ...roomy,
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just above the limit": silent({ given: (limit) => diskSamples(holds(1.1 * limit * disk, "1h")) }),
    "merged segments are kept twice for five minutes": blip({
      given: (limit) => diskSamples(holds(0.5 * disk, "5m"), holds(0.9 * limit * disk, "5m"), holds(0.5 * disk, "50m")),
    }),
    "Elasticsearch is away": silentAbsence(samples(diskAvailable, goneExporter), samples(diskSize, goneExporter)),
  },
});
