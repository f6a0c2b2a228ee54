import { type Sample, seriesKey } from "../../../kit/metrics/exposition";
import type { Finding, Rule } from "../rule";
import { familiesOf, type Scrape } from "./scrape";

export const metricCounters: Rule = {
  name: "metric-counters",
  title: "counters never fall between scrapes, whichever process answers",
  async check(run) {
    await run.families();
    const fallen = new Map<string, string>();
    let before = new Map<string, Sample>();
    for (let scrape = 0; scrape < run.choices.scrapes; scrape += 1) {
      // With several processes, requests and scrapes are spread over them.
      await run.client.request(run.contract.health.live.path, { alone: true });
      const now = countersOf(await run.scrape());
      for (const [key, { name, value }] of before) {
        const next = now.get(key)?.value;
        if (next === undefined) fallen.set(name, `${name} ${value}, and no such series in the next scrape`);
        else if (next < value) fallen.set(name, `${name} ${value}, and ${next} in the next scrape`);
      }
      before = now;
    }
    return fallen.size === 0 ? [] : [finding([...fallen.values()], run.choices.scrapes)];
  },
};

/** Counters, and everything in histograms and summaries that counts. */
function countersOf(scrape: Scrape): Map<string, Sample> {
  const counted = [...familiesOf(scrape).values()].flatMap(({ type, samples }) => {
    if (type === "counter") return samples;
    if (type === "histogram") return samples;
    return type === "summary" ? samples.filter(({ name }) => /_(?:sum|count)$/.test(name)) : [];
  });
  return new Map(counted.map((sample) => [seriesKey(sample), sample]));
}

function finding(fallen: readonly string[], scrapes: number): Finding {
  const more = fallen.length > 1 ? `; the same in ${fallen.length - 1} other metrics` : "";
  return {
    expected: `no counter falls over ${scrapes} scrapes`,
    found: `${fallen[0]}${more}`,
    remedy: "run one process in each container, or use the client library's support for several processes",
  };
}
