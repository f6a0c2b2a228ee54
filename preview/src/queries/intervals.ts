/** Number of scrapes in the range of a rate, so that one missing scrape leaves no gap. */
const scrapesInRate = 4;

/** What `$__rate_interval` is. https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval */
export function rateInterval(stepMs: number, scrapeMs: number): number {
  return Math.max(stepMs + scrapeMs, scrapesInRate * scrapeMs);
}

/** Prometheus refuses a query for more points. */
const mostPoints = 11_000;

/** The step of a range query: the panel's, or the smallest that Prometheus accepts. */
export function safeStep(stepMs: number, rangeMs: number): number {
  return Math.max(stepMs, Math.ceil(rangeMs / mostPoints / 1000) * 1000);
}

/** The time aligned to steps, so that later queries ask for the same points. */
export function alignTime(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}

/** A duration in the syntax of PromQL and LogQL. */
export function durationText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
