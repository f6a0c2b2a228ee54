import { holds, recordingSamples, type Samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, type Scenario, silent } from "../../kit/alerts/stories/scenario";
import type { Recording } from "../../kit/metrics/recording";
import type { BurnRate } from "./burn-rates";
import { allowedShare, type Slo } from "./slo";

/** Against flapping, where the trouble is about as large as the limit. */
export const keepFiringFor = "5m";

/** How many requests both windows hold, and how many of them miss the objective, for one time after the other. */
interface Time {
  readonly for: string;
  readonly all: number;
  readonly missedInLong: number;
  readonly missedInShort: number;
}

/**
 * What an alert of one burn rate makes of what is recorded. How long windows take to fill and to empty is shown where
 * the published times are: `__tests__/burn-rates.test.ts`.
 */
export function stories(slo: Slo, rate: BurnRate, few: number): Readonly<Record<string, Scenario>> {
  const all = 10_000_000;
  const limit = all * rate.factor * allowedShare(slo);
  const beyond = Math.min(1.2 * limit, all);
  const requestSamples = (...times: Time[]) => tallySamples(slo, rate, times);
  const well = { for: "5m", all, missedInLong: 0, missedInShort: 0 };
  return {
    "more requests miss it than may, until they do no more": fires({
      given: requestSamples(
        well,
        { for: "10m", all, missedInLong: beyond, missedInShort: beyond },
        { for: "10m", all, missedInLong: beyond, missedInShort: 0 },
      ),
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "15m", by: "15m15s" },
    }),
    "hardly more than the few of a night do, and all of them": fires({
      given: requestSamples(
        { for: "5m", all: 1.2 * few, missedInLong: 0, missedInShort: 0 },
        { for: "10m", all: 1.2 * few, missedInLong: 1.2 * few, missedInShort: 1.2 * few },
      ),
      onset: "4m45s",
      after: "0s",
      by: "15s",
    }),
    "many missed it, and now fewer do than may": silent({
      given: requestSamples({ for: "20m", all, missedInLong: beyond, missedInShort: 0.8 * limit }),
    }),
    "many miss it, but not for long": blip({
      given: requestSamples(well, { for: "10m", all, missedInLong: 0.8 * limit, missedInShort: all }, well),
    }),
    "all of the few requests of a night miss it": lowTraffic({
      given: requestSamples({ for: "10m", all: few, missedInLong: few, missedInShort: few }),
    }),
    "nothing is scraped": absence(silent({ given: [], because: "ErpDown pages" })),
  };
}

function tallySamples({ tally }: Slo, { long, short }: BurnRate, times: readonly Time[]): Samples[] {
  const series = (recording: Recording, value: (time: Time) => number) =>
    recordingSamples(
      recording,
      times.map((time) => holds(value(time), time.for)),
    );
  return [
    series(tally.all[long], ({ all }) => all),
    series(tally.all[short], ({ all }) => all),
    series(tally.missed[long], ({ missedInLong }) => missedInLong),
    series(tally.missed[short], ({ missedInShort }) => missedInShort),
  ];
}
