import type { Scale } from "../../settings/scale";
import measured from "./coefficients.json";

/** Series that Prometheus makes of each scrape: `up`, `scrape_duration_seconds` and three more. */
export const reportSeries = 5;

/** What the series of a scrape job are about. A job has so many series for each of these objects. */
export type Unit = "target" | "node" | "pod" | "route" | "queue" | "worker";

/** Series of one scrape job, by the object that they are about. */
export type SeriesPer = Readonly<Partial<Record<Unit, number>>>;

/**
 * The coefficients of the model, as `npm run bench:sizes` measured them on the test cluster and with the real programs. Each
 * part states in `obtained` how. docs/sizing.md explains them.
 */
export interface Coefficients {
  /** Size of the test cluster, and its load while it was recorded. */
  readonly testCluster: Scale;
  readonly series: {
    readonly obtained: string;
    /** By the name of the job. */
    readonly jobs: Readonly<Record<string, SeriesPer>>;
    /** Series that recording rules and alerts of the product make. */
    readonly rules: number;
    /** Series that `clusterMonitoring: "full"` adds on a cluster of one node: a lower bound on larger clusters. */
    readonly full: number;
  };
  readonly prometheus: {
    readonly obtained: string;
    /** Bytes of a sample in a block, with its share of the index. */
    readonly bytesPerSample: number;
    /** Bytes of a sample in the write-ahead log. */
    readonly walBytesPerSample: number;
    /** Memory without series, in bytes. */
    readonly memory: number;
    /** Memory of a series in the head block, in bytes. */
    readonly memoryPerSeries: number;
  };
  readonly loki: {
    readonly obtained: string;
    /** Bytes of a stored line of the reference ERP and the platform, before compression. */
    readonly lineBytes: number;
    /** Bytes of a line in a chunk, with its share of the index. */
    readonly storedBytesPerLine: number;
    /** Bytes of a line in the write-ahead log. */
    readonly walBytesPerLine: number;
    /** Memory with the load of the test cluster, in bytes. */
    readonly memory: number;
    /** Additional memory for each line per second, in bytes. */
    readonly memoryPerLinePerSecond: number;
  };
}

export const coefficients: Coefficients = measured;
