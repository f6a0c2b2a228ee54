import { Client } from "./client";
import type { Contract, ContractMetric } from "./contract";
import { LogFile } from "./logs/log-file";
import { type Family, familiesOf, type Scrape, scrape } from "./metrics/scrape";
import { NotChecked } from "./not-checked";
import { type PlantedSecret, plantedSecrets } from "./planted-secrets";
import type { SentryReceiver } from "./sentry/sentry-receiver";

/** What the user asks for. */
export interface Choices {
  /** The file to which the output of the image is written. @default rules about logs are not checked */
  readonly log?: string;
  /** The server that receives events. @default rules about Sentry are not checked */
  readonly sentry?: SentryReceiver;
  /** A path whose route fails with an unhandled exception. @default traces are expected in place of an error */
  readonly failingPath?: string;
  /** A dependency of the image, with commands that take it down and up. @default no dependency is taken down */
  readonly dependency?: { readonly name: string; readonly down: string; readonly up: string };
  /** The command that stops the image. @default the image is not stopped */
  readonly stopCommand?: string;
  /** The path of a POST route that reads the body of its requests. @default the first one in `/openapi.json` */
  readonly bodyPath?: string;
  /** Number of requests with random paths and methods. */
  readonly randomRequests: number;
  /** Number of scrapes over which counters must not fall. */
  readonly scrapes: number;
}

/** One run of the checks. */
export class Run {
  readonly client: Client;
  readonly log: LogFile | undefined;
  readonly planted: readonly PlantedSecret[] = plantedSecrets();
  /** The id of a request that carried all planted secrets. */
  plantedRequestId = "";
  private first: Promise<Scrape> | undefined;

  constructor(
    url: URL,
    readonly contract: Contract,
    readonly choices: Choices,
  ) {
    this.client = new Client(url);
    this.log = choices.log === undefined ? undefined : new LogFile(choices.log);
  }

  /** Scrapes the image on a new connection, in the text format. */
  scrape(): Promise<Scrape> {
    return scrape(this.client, this.contract.metrics, "text/plain;version=0.0.4");
  }

  /**
   * Families of the first scrape, by name.
   * @throws {NotChecked} if the image has no readable metrics.
   */
  async families(): Promise<ReadonlyMap<string, Family>> {
    this.first ??= this.scrape();
    const scraped = await this.first.catch(() => undefined);
    if (scraped?.status !== 200 || scraped.samples.length === 0) {
      throw new NotChecked("there are no readable metrics: see metrics-format");
    }
    return familiesOf(scraped);
  }

  /**
   * The HTTP profile of the image: the one most of whose metrics it exposes.
   * @returns undefined if it exposes none of them
   */
  async profile(): Promise<string | undefined> {
    const families = await this.families();
    const { profile: configured, profiles } = this.contract.http;
    const counted = Object.entries(profiles).map(([name, { metrics }]) => ({
      name,
      exposed: metrics.filter((metric) => (families.get(metric.name)?.samples.length ?? 0) > 0).length,
    }));
    counted.sort((one, other) => other.exposed - one.exposed || Number(other.name === configured) - 1);
    return counted[0]?.exposed ? counted[0].name : undefined;
  }

  /** All metrics of the contract: the image's own, and those of its HTTP profile, if it has one. */
  async metrics(): Promise<readonly ContractMetric[]> {
    const profile = await this.profile();
    const http = profile === undefined ? [] : (this.contract.http.profiles[profile]?.metrics ?? []);
    return [...this.contract.metrics.own, ...http];
  }
}
