import type { AlertForm } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";

const share = ratio(0.05);
/** Fewest calls in ten minutes of which a share is meaningful. */
const least = 20;

export interface Calls {
  /** Buckets of the histogram of durations. */
  readonly bucket: Metric;
  /** Bound above which a call is slow, as in the `le` label. */
  readonly bound: string;
  /** Calls per second, over ten minutes. */
  readonly all: Promql;
  /** Share of slow calls. */
  readonly slow: Promql;
  /** Reason why the alert is silent without calls. */
  readonly absent: string;
}

/**
 * Fields of an alert on slow calls. The 95th percentile is above a bound of the histogram exactly if more than 5 % of
 * the calls are. Unlike a quantile, this share is exact at the last bound too.
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
      "a little above the limit": fires({
        given: (limit) => callSamples(2, [0, "20m"], [1.2 * limit, lasting("20m")], [0, "15m"]),
        onset: "20m",
        // The share over ten minutes exceeds the limit once 5/6 of the window are slow, and falls below it once 1/6 of
        // the window is fast.
        after: lasting("8m"),
        by: lasting("8m45s"),
        resolves: { after: lasting("21m15s"), by: lasting("22m") },
      }),
      "a little below the limit": silent({
        given: (limit) => callSamples(2, [0, "20m"], [0.8 * limit, "30m"]),
        because: "a few slow calls are normal",
      }),
      "many calls are slow for two and a half minutes": blip({
        given: (limit) => callSamples(2, [0, "20m"], [6 * limit, "2m30s"], [0, "20m"]),
      }),
      "slightly more calls than the minimum, and all are slow": fires({
        given: callSamples((1.1 * least) / 600, [1, "1h"]),
        after: lasting("8m"),
        by: lasting("10m30s"),
      }),
      "the few calls of a night are slow": lowTraffic({ given: callSamples((0.9 * least) / 600, [1, "1h"]) }),
      "there are no calls": absence(silent({ given: [], because: absent })),
    },
  } as const satisfies Partial<AlertForm>;
}
