import type { AlertForm } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";

const share = ratio(0.05);
/** Calls in ten minutes below which a share of them is chance. */
const least = 20;

export interface Calls {
  /** The buckets of their durations. */
  readonly bucket: Metric;
  /** The bound beyond which they are slow, as a bucket's label has it. */
  readonly bound: string;
  /** All of them per second, over ten minutes. */
  readonly all: Promql;
  /** Which share of them is slow. */
  readonly slow: Promql;
  /** What it means that there are none. */
  readonly absent: string;
}

/**
 * What makes an alert of calls that are slow. Their 95th percentile lies above a bound of the histogram when more than 5 %
 * of them do: that is exact, also at the last bound, which no quantile exceeds.
 */
export function slowShare({ bucket, bound, all, slow, absent }: Calls) {
  const callSamples = (perSecond: number, ...times: (readonly [slow: number, time: StoryTime])[]) => [
    samples(
      bucket,
      times.map(([slow, time]) => rises((1 - slow) * perSecond, time)),
      { le: bound },
    ),
    samples(
      bucket,
      times.map(([, time]) => rises(perSecond, time)),
      { le: "+Inf" },
    ),
  ];
  return {
    measure: slow,
    above: share,
    provided: promql`600 * ${all} > ${least}`,
    for: "10m",
    scenarios: {
      "a little more of them are slow than may be": fires({
        given: (limit) => callSamples(2, [0, "20m"], [1.2 * limit, lasting("20m")], [0, "15m"]),
        onset: "20m",
        // Ten minutes are that bad once five sixths of them are, and no more once a sixth of them is well.
        after: lasting("8m"),
        by: lasting("8m45s"),
        resolves: { after: lasting("21m15s"), by: lasting("22m") },
      }),
      "a little less of them are slow than may be": silent({
        given: (limit) => callSamples(2, [0, "20m"], [0.8 * limit, "30m"]),
        because: "a few always are",
      }),
      "a third of them are slow for two and a half minutes": blip({
        given: (limit) => callSamples(2, [0, "20m"], [6 * limit, "2m30s"], [0, "20m"]),
      }),
      "hardly more calls than the few of a night are slow": fires({
        given: callSamples((1.1 * least) / 600, [1, "1h"]),
        after: lasting("8m"),
        by: lasting("10m30s"),
      }),
      "the few of a night are slow": lowTraffic({ given: callSamples((0.9 * least) / 600, [1, "1h"]) }),
      "there are none": absence(silent({ given: [], because: absent })),
    },
  } as const satisfies Partial<AlertForm>;
}
