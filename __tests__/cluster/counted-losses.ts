import { setTimeout as sleep } from "node:timers/promises";
import type { Disruption } from "./disruption";
import { ask, kubectl, query, sql, startPod } from "./kubernetes";
import { acceptedOrders, clientReport } from "./proxied-orders";
import { program } from "./webhook";

/** What was written while a fault lasted, and what of it is missing or exists twice. */
export interface Losses {
  readonly lines: Count;
  readonly orders: Count;
  /** Seconds without a sample, beyond the scrape interval. */
  readonly longestGap: number;
}

interface Count {
  readonly written: number;
  readonly missing: number;
  readonly twice: number;
}

const namespace = "erp";
const writer = "numbered-lines";

/** A pod that writes numbered lines. */
export function numberedLines(perSecond: number, characters: number): Disruption {
  const labels = { "app.kubernetes.io/name": writer };
  return {
    begin: () => startPod(namespace, writer, labels, program("lines"), [`${perSecond}`, `${characters}`]),
    end: () => kubectl("-n", namespace, "delete", "pod", writer, "--ignore-not-found"),
  };
}

/** The number of the newest line that the pod wrote. */
export function newestLine(): number {
  return numberIn(kubectl("-n", namespace, "logs", writer, "--tail=1"));
}

/** Whether a line that was written in the last 15 seconds is in Loki. */
export function linesArrive(): boolean {
  return linesSince(Date.now() - 15_000, 1).length > 0;
}

/**
 * Compares what the clients have written with what is stored.
 *
 * @param start when the fault began, in milliseconds since 1970
 * @param began when the first line was written
 */
export async function countLosses(start: number, began: number): Promise<Losses> {
  const written = newestLine();
  const orders = acceptedOrders();
  // An agent collects lines for a second before it sends them.
  await sleep(10_000);
  const { organization } = clientReport();
  const stored = sql(`select reference from orders where organization_id = '${organization}'`).split("\n");
  return {
    lines: compare(range(written), storedNumbers(began)),
    orders: compare(orders, stored),
    longestGap: longestGap(sampleTimes(start), start),
  };
}

function compare<T>(written: readonly T[], stored: readonly T[]): Count {
  const occurrences = new Map<T, number>();
  for (const one of stored) occurrences.set(one, (occurrences.get(one) ?? 0) + 1);
  return {
    written: written.length,
    missing: written.filter((one) => !occurrences.has(one)).length,
    twice: written.filter((one) => (occurrences.get(one) ?? 0) > 1).length,
  };
}

function range(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

function storedNumbers(since: number): readonly number[] {
  return linesSince(since).map(({ line }) => numberIn(line));
}

function numberIn(line: string): number {
  return Number(/line (\d+) /.exec(line)?.[1] ?? Number.NaN);
}

interface StoredLine {
  /** Nanoseconds since 1970. */
  readonly at: string;
  readonly line: string;
}

/** The default of `max_entries_limit_per_query`. */
const page = 5000;

/** The numbered lines in Loki, the oldest first. */
function linesSince(since: number, most = Number.POSITIVE_INFINITY): readonly StoredLine[] {
  const found = new Map<string, StoredLine>();
  let start = `${since}000000`;
  for (;;) {
    const selector = encodeURIComponent(`{namespace="${namespace}", app="${writer}"}`);
    const limit = Math.min(page, most);
    const path = `/loki/api/v1/query_range?query=${selector}&start=${start}&limit=${limit}&direction=forward`;
    const lines = ask<Answer>("logging", "loki:3100", path)
      .data.result.flatMap(({ values }) => values.map(([at, line]) => ({ at, line })))
      .sort((one, other) => (BigInt(one.at) < BigInt(other.at) ? -1 : 1));
    const before = found.size;
    for (const line of lines) found.set(`${line.at} ${line.line}`, line);
    // The next page begins with the last time of this one, at which there may be further lines.
    start = lines.at(-1)?.at ?? start;
    if (found.size === before || found.size >= most) return [...found.values()];
  }
}

interface Answer {
  readonly data: { readonly result: readonly { readonly values: readonly (readonly [string, string])[] }[] };
}

const scrapeInterval = 15;

/**
 * Times of the samples of a target, in seconds since 1970.
 *
 * @param since when the observation began, in milliseconds since 1970
 * @param pod the replica of Prometheus that has the samples. @default any of them
 */
export function sampleTimes(since: number, pod?: string): readonly number[] {
  const samples = `up{job="node-exporter"}[${Math.ceil((Date.now() - since) / 1000)}s]`;
  const [series] = query<{ values: readonly (readonly [number, string])[] }>(samples, pod);
  return (series?.values ?? []).map(([at]) => at);
}

/**
 * The longest time without a sample, beyond the scrape interval, in seconds.
 *
 * @param times times of the samples, in seconds since 1970
 * @param since when the observation began, in milliseconds since 1970. It ends now
 */
export function longestGap(times: readonly number[], since: number): number {
  const all = [since / 1000, ...times.filter((at) => at > since / 1000), Date.now() / 1000];
  const gaps = all.slice(1).map((at, index) => at - (all[index] ?? at));
  return Math.max(0, Math.round(Math.max(...gaps) - scrapeInterval));
}
