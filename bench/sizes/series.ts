import { recorded } from "../../__tests__/fixtures/recorded";
import type { Labels } from "../../commands/preview/recorded-series";
import type { Recording } from "../../commands/preview/recording";
import { type Coefficients, reportSeries, type SeriesPer, type Unit } from "../../commands/size/coefficients";
import type { Job } from "../../kit/metrics/job";
import type { Scale } from "../../settings/scale";
import { jobsOf } from "../../subjects/listings";
import { fitLine, sum } from "./line";

/**
 * The part of the coefficients that is counted in recordings.
 *
 * @param recordings of which one is quiet
 * @param full the series that `curated` and `full` kept in the story `series`
 */
export function seriesCoefficients(
  recordings: readonly Recording[],
  full: { readonly curated: number; readonly full: number },
): Pick<Coefficients, "testCluster" | "series"> {
  const quiet = recordings.find(({ name }) => name === "quiet");
  const jobs = jobsOf(recorded);
  const api = jobs.find(({ name }) => name === "erp-api");
  if (quiet === undefined || api === undefined) throw new Error("No recording is quiet, or no job is `erp-api`.");
  return {
    testCluster: recordedScale(quiet),
    series: {
      obtained: `counted at the end of the recording \`quiet\` (${quiet.occasion}); those of routes by a line through all API pods of all recordings; \`full\` by the story \`series\` in docs/verified-live.md`,
      jobs: { ...deriveSeries(quiet, jobs), [api.name]: routeSeries(recordings, api) },
      rules: ruleSeries(quiet),
      full: full.full - full.curated,
    },
  };
}

/** A series and its value at one time. */
interface Moment {
  readonly labels: Labels;
  readonly value: number;
}

/**
 * The series of each job for each object, counted at the end of a recording. A series belongs to the object that it is about.
 * Prometheus also keeps metrics of the ERP that are not catalogued, and therefore not recorded. The number of samples that
 * each scrape kept is recorded, and the samples that are not belong to the target.
 *
 * @param jobs scrape jobs of the environment that was recorded
 */
function deriveSeries(recording: Recording, jobs: readonly Job[]): Readonly<Record<string, SeriesPer>> {
  const all = momentsAt(recording, recording.to);
  const pods = distinct(all.filter(named("kube_pod_status_phase")), "namespace", "pod");
  return Object.fromEntries(
    jobs.flatMap((job) => {
      const own = all.filter(({ labels }) => isOf(labels, job));
      const kept = own.filter(named(keptSamples)).map(({ value }) => value);
      const scraped = own.filter(({ labels }) => !/^(up$|scrape_)/.test(labels.__name__ ?? ""));
      if (kept.length === 0) return [];
      const objects: Readonly<Partial<Record<Unit, number>>> = {
        target: kept.length,
        node: distinct(scraped, "node"),
        pod: pods,
        queue: distinct(scraped, "queue_name"),
        worker: distinct(scraped, "hostname"),
      };
      const unrecorded = sum(kept) - scraped.length + reportSeries * kept.length;
      const counted = scraped.map(({ labels }) => unitOf(labels, job));
      const per = Object.entries(objects).flatMap(([unit, number]) => {
        const series = counted.filter((one) => one === unit).length + (unit === "target" ? unrecorded : 0);
        return series === 0 ? [] : [[unit, series / number] as const];
      });
      return [[job.name, Object.fromEntries(per)] as const];
    }),
  );
}

/**
 * The series of an API pod, and the additional ones for each route that gets requests: the line through the number of samples
 * that the last scrape of each pod kept.
 *
 * @param job of the API
 */
function routeSeries(recordings: readonly Recording[], job: Job): SeriesPer {
  const points = recordings.flatMap((recording) => {
    const own = recording.series.filter(({ labels }) => isOf(labels, job));
    return own
      .filter(({ labels }) => labels.__name__ === keptSamples)
      .flatMap(({ labels: { pod }, samples }) => {
        const last = samples.findLast(({ value = 0 }) => value > 0);
        if (last?.value === undefined) return [];
        const routes = momentsAt({ series: own.filter(({ labels }) => labels.pod === pod) }, last.time).filter(
          named(calls),
        );
        return [[routes.length, last.value + reportSeries] as const];
      });
  });
  const { slope, intercept } = fitLine(points);
  return { target: intercept, route: slope };
}

/** The number of series that the rules of the product make. */
function ruleSeries(recording: Recording): number {
  return momentsAt(recording, recording.to).filter(({ labels: { job } }) => job === undefined).length;
}

/** The size of the cluster and its load at the end of a recording. */
function recordedScale(recording: Recording): Scale {
  const all = momentsAt(recording, recording.to);
  const lines = recording.streams.reduce((total, stream) => total + stream.lines.length, 0);
  return {
    nodes: distinct(all, "node"),
    pods: distinct(all.filter(named("kube_pod_status_phase")), "namespace", "pod"),
    routes: distinct(all.filter(named(calls)), "method", "path_template"),
    logLinesPerSecond: lines / ((recording.to - recording.from) / 1000),
  };
}

/** The number of requests of a route, which exists as soon as it has got one. */
const calls = "starlette_requests_processing_time_seconds_count";

/** The number of samples that a scrape kept. */
const keptSamples = "scrape_samples_post_metric_relabeling";

/** The object that a series is about. */
function unitOf(labels: Labels, { name }: Job): Unit {
  const metric = labels.__name__ ?? "";
  if (metric.startsWith("kube_node_")) return "node";
  if (metric.startsWith("kube_") || (labels.job === "kubelet" && (labels.pod ?? labels.persistentvolumeclaim)))
    return "pod";
  if (name === "celery-exporter" && labels.hostname) return "worker";
  if (name === "celery-exporter" && labels.queue_name) return "queue";
  return "target";
}

/** Whether a series is from a job. Exporters may replace the other labels of the target, such as `container`. */
function isOf(labels: Labels, job: Job): boolean {
  return ["job", "endpoint", "metrics_path"].every((name) => {
    const known = job.labels[name];
    return known?.values === undefined || known.values.includes(labels[name] ?? "");
  });
}

/** The series that have a value at a time: the last scrape of each is at most a minute old. */
function momentsAt({ series }: Pick<Recording, "series">, time: number): readonly Moment[] {
  return series.flatMap(({ labels, samples }) => {
    const last = samples.findLast((sample) => sample.time <= time);
    return last?.value !== undefined && last.time > time - 60_000 ? [{ labels, value: last.value }] : [];
  });
}

function named(name: string) {
  return ({ labels }: Moment) => labels.__name__ === name;
}

function distinct(moments: readonly Moment[], ...names: readonly string[]): number {
  const present = moments.filter(({ labels }) => names.every((name) => labels[name]));
  return new Set(present.map(({ labels }) => JSON.stringify(names.map((name) => labels[name])))).size;
}
