import { holds, recordingSamples, type Samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, type Scenario, silent } from "../../kit/alerts/stories/scenario";
import type { Recording } from "../../kit/metrics/recording";
import type { BurnRate } from "./burn-rates";
import { allowedShare, type Slo } from "./slo";

/** Prevents flapping while the burn rate is close to the limit. */
export const keepFiringFor = "5m";

/** A period: the requests in both windows, and the requests in each window that miss the objective. */
interface Time {
  readonly for: string;
  readonly all: number;
  readonly missedInLong: number;
  readonly missedInShort: number;
}

/**
 * Scenarios of the alert for one burn rate, given as values of the recordings. `__tests__/burn-rates.test.ts` checks
 * how long the windows take to fill and to empty against published times.
 */
export function stories(slo: Slo, rate: BurnRate, few: number): Readonly<Record<string, Scenario>> {
  const all = 10_000_000;
  const allowed = (factor: number) => all * factor * allowedShare(slo);
  const beyond = (factor: number) => Math.min(1.2 * allowed(factor), all);
  const requestSamples = (...times: Time[]) => tallySamples(slo, rate, times);
  const healthy = { for: "5m", all, missedInLong: 0, missedInShort: 0 };
  return {
    "too many requests miss the objective until the problem ends": fires({
      given: (factor) =>
        requestSamples(
          healthy,
          { for: "10m", all, missedInLong: beyond(factor), missedInShort: beyond(factor) },
          { for: "10m", all, missedInLong: beyond(factor), missedInShort: 0 },
        ),
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "15m", by: "15m15s" },
    }),
    "slightly more requests than the minimum, and all miss the objective": fires({
      given: requestSamples(
        { for: "5m", all: 1.2 * few, missedInLong: 0, missedInShort: 0 },
        { for: "10m", all: 1.2 * few, missedInLong: 1.2 * few, missedInShort: 1.2 * few },
      ),
      onset: "4m45s",
      after: "0s",
      by: "15s",
    }),
    "many requests missed the objective, and now few do": silent({
      given: (factor) =>
        requestSamples({ for: "20m", all, missedInLong: beyond(factor), missedInShort: 0.8 * allowed(factor) }),
    }),
    "many requests miss the objective for a short time": blip({
      given: (factor) =>
        requestSamples(healthy, { for: "10m", all, missedInLong: 0.8 * allowed(factor), missedInShort: all }, healthy),
    }),
    "the few requests of a night all miss the objective": lowTraffic({
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
