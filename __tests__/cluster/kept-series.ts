import { eventually, query } from "./kubernetes";

/** What Prometheus keeps: of all targets, and of the cluster's own exporters. */
export interface Kept {
  readonly all: number;
  readonly byJob: Readonly<Record<string, number>>;
}

/** Series that the newest scrape of every target left, once they are complete and hardly change any more. */
export async function measureKeptSeries(complete: (byJob: Kept["byJob"]) => boolean): Promise<Kept> {
  return eventually("scrapes of every target that agree", 300, () => {
    const now = measured("");
    const before = measured(" offset 1m");
    return complete(now.byJob) && Math.abs(now.all - before.all) < 0.02 * now.all && now;
  });
}

/** Not the head: for hours it still holds what an earlier configuration kept. */
function measured(offset: string): Kept {
  const series = query(`sum by (job) (scrape_samples_post_metric_relabeling${offset})`);
  const byJob = Object.fromEntries(series.map(({ metric, value: [, count] }) => [metric.job ?? "", Number(count)]));
  return { all: Object.values(byJob).reduce((sum, count) => sum + count, 0), byJob };
}
