import type { Address } from "../../settings/addresses";
import { addresses } from "../../settings/addresses";
import { CommandError } from "../command";

/** Asks Prometheus and Loki through an API server that a `kubectl proxy` leads to. */
export class Answers {
  constructor(private readonly proxy: string) {}

  /** Whether a metric's selector finds series now. */
  async hasSeries(selector: string): Promise<boolean> {
    return (await this.instant(selector)).result.length > 0;
  }

  /** Whether it found some at any time of the last hour. */
  async hadSeries(selector: string): Promise<boolean> {
    return this.hasSeries(`present_over_time(${selector}[1h])`);
  }

  /** Whether a stream selector finds lines of the last hour. */
  async hasLines(stream: string): Promise<boolean> {
    return (await this.logs(stream)).length > 0;
  }

  /** @returns how many series a PromQL expression yields over the last hour, and how many samples that took to find out */
  async overTheHour(promql: string): Promise<{ readonly series: number; readonly samples: number }> {
    const { start, end } = lastHour();
    const parameters = { query: promql, start, end, step: "30", stats: "all" };
    const { result, stats } = await this.ask<Matrix>(addresses.prometheus, "/api/v1/query_range", parameters);
    return { series: result.length, samples: stats?.samples?.totalQueryableSamples ?? 0 };
  }

  /** Streams or series that a LogQL expression yields over the last hour. */
  async logs(logql: string): Promise<readonly object[]> {
    const parameters = { query: logql, ...lastHour(), limit: "10", step: "60" };
    return (await this.ask<Matrix>(addresses.loki, "/loki/api/v1/query_range", parameters)).result;
  }

  async labelValues(series: string, label: string): Promise<readonly string[]> {
    const { result } = await this.instant(`group by (${label}) (${series})`);
    return result.flatMap(({ metric }) => metric[label] ?? []).sort();
  }

  private instant(promql: string): Promise<Vector> {
    return this.ask<Vector>(addresses.prometheus, "/api/v1/query", { query: promql });
  }

  /** @throws {CommandError} with what was answered, when that is no answer. */
  private async ask<T>({ namespace, service, port }: Address, path: string, parameters: Record<string, string>) {
    const base = `${this.proxy}/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy`;
    const response = await fetch(`${base}${path}?${new URLSearchParams(parameters)}`);
    const text = await response.text();
    if (!response.ok) throw new CommandError(`${service} refused \`${parameters.query}\`: ${text.trim()}`);
    return JSON.parse(text).data as T;
  }
}

interface Vector {
  readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[];
}

/**
 * The answer to a range query, as the HTTP APIs of Prometheus and Loki return it. Only the fields that we read are
 * listed.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
interface Matrix {
  readonly result: readonly object[];
  readonly stats?: { readonly samples?: { readonly totalQueryableSamples?: number } };
}

function lastHour() {
  const end = Math.floor(Date.now() / 1000);
  return { start: String(end - 3600), end: String(end) };
}
