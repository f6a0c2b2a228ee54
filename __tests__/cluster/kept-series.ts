import { eventually, query } from "./kubernetes";

/** How many series Prometheus keeps: for all targets, and for each job. */
export interface Kept {
  readonly all: number;
  readonly byJob: Readonly<Record<string, number>>;
}

/** The number of series that the last scrape of every target kept, once it is complete and almost constant. */
export async function measureKeptSeries(complete: (byJob: Kept["byJob"]) => boolean): Promise<Kept> {
  return eventually("a constant number of series", 300, () => {
    const now = seriesCounts("");
    const before = seriesCounts(" offset 1m");
    return complete(now.byJob) && Math.abs(now.all - before.all) < 0.02 * now.all && now;
  });
}

/** Counts samples of the last scrape. The head block still contains series of an earlier configuration for hours. */
function seriesCounts(offset: string): Kept {
  const series = query(`sum by (job) (scrape_samples_post_metric_relabeling${offset})`);
  const byJob = Object.fromEntries(series.map(({ metric, value: [, count] }) => [metric.job ?? "", Number(count)]));
  return { all: Object.values(byJob).reduce((sum, count) => sum + count, 0), byJob };
}
