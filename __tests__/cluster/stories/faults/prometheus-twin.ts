import { longestGap, sampleTimes } from "../../counted-losses";
import { disruptions, whileDisrupted } from "../../disruptions";
import { eventually } from "../../kubernetes";
import { lost } from "../../results";
import type { Story } from "../story";

const pods = [0, 1].map((member) => `prometheus-kube-prometheus-stack-prometheus-${member}`);

/** Two replicas scrape every target, each into a volume of its own. */
export const prometheusTwin: Story = {
  name: "prometheus-twin",
  fault: "the write-ahead log of one of two replicas of Prometheus is damaged",
  proves: "samples that a repair has lost are in the other replica of Prometheus",
  minutes: 12,
  needs: "deployment",
  run: () =>
    whileDisrupted([disruptions.secondPrometheus], async () => {
      await eventually("five minutes of samples in both", 900, () => pods.every((pod) => secondsOf(pod) > 300));
      const start = Date.now() - 300_000;
      await whileDisrupted([disruptions.corruptedWal], async () => {
        await eventually("a new sample in both", 300, () => pods.every((pod) => newest(pod) > Date.now() - 30_000));
        const [damaged = 0, twin = 0] = pods.map((pod) => longestGap(times(pod), start));
        lost(`samples of ${damaged} s in the damaged replica`);
        lost(`samples of ${twin} s in the other replica`);
        expect(damaged).toBeGreaterThan(30);
        expect(twin).toBeLessThanOrEqual(30);
      });
    }),
};

/** Seconds from the oldest to the newest sample of the last ten minutes. */
function secondsOf(pod: string): number {
  const found = times(pod);
  return (found.at(-1) ?? 0) - (found[0] ?? 0);
}

/** The time of the newest sample, in milliseconds since 1970. */
function newest(pod: string): number {
  return (times(pod).at(-1) ?? 0) * 1000;
}

/** Times of the samples of the last ten minutes, in seconds since 1970. */
function times(pod: string): readonly number[] {
  return sampleTimes(Date.now() - 600_000, pod);
}
