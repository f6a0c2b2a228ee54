import { CommandError } from "../command";
import { request } from "../request";

/** Base URLs of the HTTP APIs that are queried. */
export interface Servers {
  readonly prometheus: string;
  /** The base URL of Loki. @default log lines cannot be queried */
  readonly loki?: string;
}

/** Times at which an expression is evaluated: once at the end of an hour, or every `stepSeconds` of the hour. */
export type Evaluation = "at the end" | { readonly stepSeconds: number };

/** The result of an expression. */
export interface Evaluated {
  readonly series: number;
  /** Samples that Prometheus read for the expression. */
  readonly samples: number;
}

/** Queries Prometheus and Loki over one hour. */
export class Answers {
  /** Whether selectors found something: many panels share a selector. */
  private readonly found = new Map<string, Promise<boolean>>();

  constructor(
    private readonly servers: Servers,
    /** The end of the hour, in seconds since 1970. @default the time of each query */
    private readonly end?: number,
  ) {}

  /** Whether a metric's selector finds series at the end of the hour. */
  hasSeries(selector: string): Promise<boolean> {
    return this.once(selector, async () => (await this.evaluate(selector, "at the end")).series > 0);
  }

  /** Whether a metric's selector finds series at any time of the hour. */
  hadSeries(selector: string): Promise<boolean> {
    return this.hasSeries(`present_over_time(${selector}[1h])`);
  }

  /** Whether a stream selector finds lines in the hour. */
  hasLines(stream: string): Promise<boolean> {
    return this.once(stream, async () => (await this.logs(stream)).length > 0);
  }

  /** @returns the number of series that a PromQL expression returns, and the number of samples that Prometheus read */
  async evaluate(promql: string, evaluation: Evaluation): Promise<Evaluated> {
    const { result, stats } =
      evaluation === "at the end"
        ? await this.instant(promql)
        : await this.prometheus<Answer>("query_range", {
            query: promql,
            ...this.hour(),
            step: String(evaluation.stepSeconds),
            stats: "all",
          });
    return { series: result.length, samples: stats?.samples?.totalQueryableSamples ?? 0 };
  }

  /** Streams or series that a LogQL expression returns over the hour. */
  async logs(logql: string): Promise<readonly object[]> {
    const { loki } = this.servers;
    if (loki === undefined)
      throw new CommandError(`The query \`${logql}\` needs Loki, and no address of Loki was given.`);
    const parameters = { query: logql, ...this.hour(), limit: "10", step: "60" };
    return (await ask<Answer>(`${loki}/loki/api/v1/query_range`, parameters)).result;
  }

  async labelValues(series: string, label: string): Promise<readonly string[]> {
    const { result } = await this.instant(`group by (${label}) (${series})`);
    return result.flatMap(({ metric }) => metric[label] ?? []).sort();
  }

  private once(selector: string, find: () => Promise<boolean>): Promise<boolean> {
    const answer = this.found.get(selector) ?? find();
    this.found.set(selector, answer);
    return answer;
  }

  private instant(promql: string): Promise<Answer> {
    return this.prometheus("query", { query: promql, time: this.hour().end, stats: "all" });
  }

  private prometheus<T>(api: "query" | "query_range", parameters: Record<string, string>): Promise<T> {
    return ask<T>(`${this.servers.prometheus}/api/v1/${api}`, parameters);
  }

  private hour() {
    const end = this.end ?? Math.floor(Date.now() / 1000);
    return { start: String(end - 3600), end: String(end) };
  }
}

/** @throws {CommandError} with the response, when it is an error. */
async function ask<T>(url: string, parameters: Record<string, string>): Promise<T> {
  const response = await request(`${url}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  if (!response.ok) throw new CommandError(`${new URL(url).pathname} refused \`${parameters.query}\`: ${text.trim()}`);
  return JSON.parse(text).data as T;
}

/**
 * The answer to a query, as the HTTP APIs of Prometheus and Loki return it. Only the fields that we read are listed.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries
 */
interface Answer {
  readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[];
  readonly stats?: { readonly samples?: { readonly totalQueryableSamples?: number } };
}
