/** The least number of scrapes that a rate needs to survive one that is missing. */
const scrapesInRate = 4;

/** What `$__rate_interval` is. https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval */
export function rateInterval(stepMs: number, scrapeMs: number): number {
  return Math.max(stepMs + scrapeMs, scrapesInRate * scrapeMs);
}

/** Prometheus refuses a query for more points. */
const mostPoints = 11_000;

/** The step of a range query: the panel's, but never so small that Prometheus refuses it. */
export function safeStep(stepMs: number, rangeMs: number): number {
  return Math.max(stepMs, Math.ceil(rangeMs / mostPoints / 1000) * 1000);
}

/** The time aligned to steps, so that the same points are asked for while time goes on. */
export function alignTime(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}

/** A duration as PromQL and LogQL read it. */
export function durationText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
