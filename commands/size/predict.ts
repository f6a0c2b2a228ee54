import { inSeconds } from "../../kit/queries/duration";
import type { Environment } from "../../settings/environment";
import { jobsOf } from "../../subjects/listings";
import { type Coefficients, coefficients, type Unit } from "./coefficients";
import { numberOf, type Objects } from "./objects";

/** The sizes that an environment needs, for each replica of Prometheus and Loki. Sizes are in bytes. */
export interface Prediction {
  readonly objects: Objects;
  readonly prometheus: {
    /** Series that scrapes and rules update, by job. The job `rules` has those of rules. */
    readonly seriesByJob: ReadonlyMap<string, number>;
    /** Series that scrapes and rules update. */
    readonly series: number;
    /** Series in the head block, which also contains those of pods that a rollout replaced in the last hours. */
    readonly headSeries: number;
    readonly samplesPerSecond: number;
    readonly memory: number;
    /** Size of the write-ahead log and of the chunks that are not in a block yet. */
    readonly wal: number;
    readonly bytesPerDay: number;
    /** Size of all samples of the retention. */
    readonly disk: number;
  };
  readonly loki: {
    readonly linesPerDay: number;
    /** Size of the lines of a day before compression. */
    readonly rawBytesPerDay: number;
    readonly bytesPerDay: number;
    /** Size of all lines of the retention, once. */
    readonly disk: number;
    /** Size of the write-ahead log. */
    readonly wal: number;
    readonly memory: number;
  };
}

const day = 86_400;

/**
 * The write-ahead log of Prometheus has a segment for each 128 MiB, and a new one every two hours. Prometheus deletes two
 * thirds of the segments when it has at least four. This keeps samples of at most eight hours, and of about three to four
 * hours where segments fill sooner.
 */
const wal = { longestSeconds: 8 * 3600, usualSeconds: 4 * 3600, segments: 4 * 128 * 2 ** 20 };

/** Loki writes a checkpoint every five minutes. Until it is complete, the log of ten minutes is kept. */
const lokiWalSeconds = 600;

/** Mean size of a chunk that Loki still fills: half the target of 1.5 MiB, and half a block of 256 KiB before compression. */
const openChunk = 0.875 * 2 ** 20;

/** @param measured coefficients of the model */
export function predict(environment: Environment, objects: Objects, measured: Coefficients = coefficients): Prediction {
  return {
    objects,
    prometheus: predictPrometheus(environment, objects, measured),
    loki: predictLoki(environment, objects, measured.loki),
  };
}

function predictPrometheus(environment: Environment, objects: Objects, { series, prometheus }: Coefficients) {
  const jobs = jobsOf(environment).map((job) => {
    const per = Object.entries(series.jobs[likeJob[job.name] ?? job.name] ?? {}) as [Unit, number][];
    const each = (unit: Unit, number: number) => number * numberOf(unit, job, environment, objects);
    return { job, series: sum(per.map(([unit, number]) => each(unit, number))), per: series.jobs[job.name] ?? {} };
  });
  const full = environment.clusterMonitoring === "full" ? series.full : 0;
  const seriesByJob = new Map([
    ...jobs.map((one) => [one.job.name, one.series] as const),
    ["rules", series.rules] as const,
    ...(full > 0 ? [["what `full` adds", full] as const] : []),
  ]);
  const live = sum([...seriesByJob.values()]);
  const replaced = jobs.filter(({ job }) => rolledOut.includes(job.name)).map((one) => one.series);
  const perPod = sum(jobs.map(({ per }) => per.pod ?? 0));
  const headSeries = live + sum(replaced) + perPod * (objects.apiPods + objects.workers);
  const samplesPerSecond = sum(jobs.map((one) => one.series / one.job.intervalSeconds)) + series.rules / 15 + full / 30;
  const bytesPerDay = samplesPerSecond * day * prometheus.bytesPerSample;
  const walBytes = walSize(samplesPerSecond * prometheus.walBytesPerSample);
  return {
    seriesByJob,
    series: live,
    headSeries,
    samplesPerSecond,
    memory: prometheus.memory + headSeries * prometheus.memoryPerSeries,
    wal: walBytes,
    bytesPerDay,
    disk: walBytes + (bytesPerDay * inSeconds(environment.prometheus.retention)) / day,
  };
}

/**
 * Size of the database of a Prometheus that has samples of less than the retention. It writes a block when its head has
 * samples of three hours, of which one stays.
 *
 * @param age of the oldest sample, in seconds
 */
export function diskAfter(
  { prometheus: { retention } }: Environment,
  { bytesPerDay, samplesPerSecond, wal: longest }: Prediction["prometheus"],
  age: number,
): number {
  const walBytes = Math.min(longest, age * samplesPerSecond * coefficients.prometheus.walBytesPerSample);
  return walBytes + (bytesPerDay * Math.max(0, Math.min(age, inSeconds(retention)) - 3600)) / day;
}

function walSize(bytesPerSecond: number): number {
  const usual = Math.max(wal.segments, wal.usualSeconds * bytesPerSecond);
  return Math.min(wal.longestSeconds * bytesPerSecond, usual);
}

/** Jobs that are not in the recording, by a job of the recording whose targets have about as many series. */
export const likeJob: Readonly<Record<string, string>> = {
  "erp-public-probe": "erp-probe",
  "dns-probe": "erp-probe",
  alloy: "promtail",
  "otel-collector": "loki-canary",
};

/** Jobs whose pods a rollout of the ERP replaces. */
const rolledOut = ["erp-api", "erp-worker"];

function predictLoki({ loki }: Environment, { logLinesPerSecond, pods }: Objects, measured: Coefficients["loki"]) {
  const linesPerDay = logLinesPerSecond * day;
  const bytesPerDay = linesPerDay * measured.storedBytesPerLine;
  const open = Math.min(bytesPerDay, pods * openChunk);
  return {
    linesPerDay,
    rawBytesPerDay: linesPerDay * measured.lineBytes,
    bytesPerDay,
    disk: (bytesPerDay * inSeconds(loki.retention)) / day,
    wal: logLinesPerSecond * lokiWalSeconds * measured.walBytesPerLine + 2 * open,
    memory: measured.memory + open + logLinesPerSecond * measured.memoryPerLinePerSecond,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
