import { alert } from "../../kit/alerts/alert";
import { perSecond, ratio } from "../../kit/alerts/limit";
import { holds, isGone, type Part, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";

const { heapUsed, heapMax, diskAvailable, diskSize, rejected } = elasticsearch;

/** Nothing here pages: see docs/decisions/search-never-pages.md. */
const about = { severity: "warning", service: "elasticsearch", team: "erp", on: ["name"] } as const;
const away = (...given: ReturnType<typeof samples>[]) =>
  absence(silent({ given, because: "ElasticsearchDown tells it" }));
const gone = [holds(0, "5m"), isGone("55m")];

const heapLimit = ratio(0.9);
const heap = 1_000_000_000;
const full = heapLimit.value * heap;
const uses = (...parts: Part[]) => [samples(heapUsed, parts), samples(heapMax, [holds(heap, "1h")])];
const saw = [holds(1.05 * full, "10m"), holds(0.5 * full, "1m")];

/** Garbage makes a saw of it; a node that is short of heap no longer comes down. */
export const elasticsearchHeapHigh = alert({
  ...about,
  name: "ElasticsearchHeapHigh",
  measure: promql`max by (name) (${heapUsed}{area="heap"} / ${heapMax}{area="heap"})`,
  above: heapLimit,
  for: "15m",
  summary: "A node of Elasticsearch is short of heap.",
  description:
    "{{ $labels.name }} uses {{ $value | humanizePercentage }} of its heap, and collecting garbage does not help. Near 100% it refuses requests.",
  scenarios: {
    "garbage is collected and nothing is freed": fires({
      given: uses(holds(0.5 * full, "5m"), holds(1.05 * full, "30m"), holds(0.5 * full, "25m")),
      onset: "5m",
      after: "14m45s",
      by: "15m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "just under the limit": silent({ given: uses(holds(0.95 * full, "1h")) }),
    "it rises and is collected, again and again": blip({ given: uses(...saw, ...saw, ...saw, ...saw) }),
    "Elasticsearch is away": away(samples(heapUsed, gone), samples(heapMax, gone)),
  },
});

const diskLimit = ratio(0.1);
const disk = 500_000_000_000;
const least = diskLimit.value * disk;
const has = (...parts: Part[]) => [samples(diskAvailable, parts), samples(diskSize, [holds(disk, "1h")])];
const otherDisk = { ...diskSize.sample, mount: "/second", path: "/second" };
const roomy = [diskAvailable, diskSize].map((metric) => samples(metric, [holds(disk, "1h")], otherDisk));

/** Elasticsearch moves shards away at 10 % by default, and at 5 % only reads: then no order is indexed any more. */
export const elasticsearchDiskLow = alert({
  ...about,
  name: "ElasticsearchDiskLow",
  measure: promql`min by (name) (${diskAvailable} / ${diskSize})`,
  below: diskLimit,
  for: "10m",
  summary: "A node of Elasticsearch is running out of disk.",
  description:
    "{{ $labels.name }} has {{ $value | humanizePercentage }} of its disk left. Below 5% its indices become read-only.",
  scenarios: {
    "one of its two disks fills up, and is given room": fires({
      given: [...has(holds(3 * least, "5m"), holds(0.9 * least, "30m"), holds(3 * least, "25m")), ...roomy],
      onset: "5m",
      after: "9m45s",
      by: "10m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "just above the limit": silent({ given: has(holds(1.1 * least, "1h")) }),
    "merged segments are kept twice for five minutes": blip({
      given: has(holds(3 * least, "5m"), holds(0.9 * least, "5m"), holds(3 * least, "50m")),
    }),
    "Elasticsearch is away": away(samples(diskAvailable, gone), samples(diskSize, gone)),
  },
});

const refusals = perSecond(0.05);
const refuses = (...parts: Part[]) => [samples(rejected, parts)];

/** A search that is refused goes to PostgreSQL; an order whose write is refused is not found by searches. */
export const elasticsearchRejects = alert({
  ...about,
  name: "ElasticsearchRejects",
  on: ["name", "type"],
  measure: promql`sum by (name, type) (rate(${rejected}{type=~"search|write"}[5m]))`,
  above: refusals,
  for: "5m",
  summary: "A node of Elasticsearch refuses requests, because too many wait.",
  description: "{{ $labels.name }} refuses {{ $value | humanize }} requests per second of the kind {{ $labels.type }}.",
  scenarios: {
    "more is written than it can take": fires({
      given: refuses(holds(0, "5m"), rises(1.2 * refusals.value, "20m"), rises(0, "35m")),
      onset: "5m",
      after: "8m45s",
      by: "9m45s",
      resolves: { after: "20m30s", by: "21m30s" },
    }),
    "just under the limit": silent({ given: refuses(rises(0.9 * refusals.value, "1h")) }),
    "another kind": silent({
      given: [samples(rejected, [rises(10, "1h")], { ...rejected.sample, type: "analyze" })],
      because: "the ERP does not use it",
    }),
    "one burst": blip({ given: refuses(holds(0, "5m"), rises(100, "15s"), rises(0, "50m")) }),
    "Elasticsearch is away": away(samples(rejected, gone)),
  },
});
