import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fitLine } from "../bench/sizes/line";
import { sizingPage, updatePage } from "../bench/sizes/page";
import { recordedMeasurement } from "../bench/sizes/recorded-measurement";
import { seriesCoefficients } from "../bench/sizes/series";
import type { Recording } from "../commands/preview/recording";
import { readRecording, recordingFiles } from "../commands/preview/recordings";
import { type Coefficients, coefficients } from "../commands/size/coefficients";
import { compare } from "../commands/size/compare";
import { numberText, sizeText } from "../commands/size/figures";
import type { Measurement } from "../commands/size/measure";
import { measurementText } from "../commands/size/measurement-text";
import { objectsOf, ownPods } from "../commands/size/objects";
import { diskAfter, likeJob, predict } from "../commands/size/predict";
import { predictionText } from "../commands/size/prediction-text";
import { sizeNotices } from "../commands/size-notices";
import type { Environment } from "../settings/environment";
import type { Scale } from "../settings/scale";
import { jobsOf } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { recorded } from "./fixtures/recorded";
import { describeWith } from "./tools";

const recordings = recordingFiles().map(readRecording);

describe("the coefficients of series", () => {
  test("are those of the recordings: `npm run bench:sizes -- --only series --write`", () => {
    const kept = { curated: 0, full: coefficients.series.full };
    const { testCluster, series } = seriesCoefficients(recordings, kept);
    const found = JSON.parse(JSON.stringify({ testCluster, series }, threeDigits));
    expect({ testCluster: coefficients.testCluster, series: coefficients.series }).toEqual(found);
  });

  test("predict the series that each slice of the test cluster had, within a tenth", () => {
    const errors = recordings.map((recording) => {
      const { series } = predict(recorded, objectsOf(recorded, scaleOf(recording))).prometheus;
      return { name: recording.name, tooMany: series / liveSeries(recording) - 1 };
    });
    expect(errors.filter(({ tooMany }) => !(Math.abs(tooMany) <= 0.1))).toEqual([]);
  });

  test("predict the samples per second of Prometheus, within a fifth", () => {
    const errors = recordings.map((recording) => {
      const { samplesPerSecond } = predict(recorded, objectsOf(recorded, scaleOf(recording))).prometheus;
      return { name: recording.name, tooMany: samplesPerSecond / appendedPerSecond(recording) - 1 };
    });
    expect(errors.filter(({ tooMany }) => !(Math.abs(tooMany) <= 0.2))).toEqual([]);
  });
});

test("every scrape job has a coefficient, except that of Grafana, whose metrics were not captured", () => {
  const names = new Set(everyChoice.flatMap((environment) => jobsOf(environment).map(({ name }) => name)));
  const unknown = [...names].filter((name) => !((likeJob[name] ?? name) in coefficients.series.jobs));
  expect(unknown).toEqual(["grafana"]);
});

function threeDigits(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(3)) : value;
}

/** The size of the test cluster while a slice was recorded: only the number of routes differs. */
function scaleOf({ series }: Recording): Scale {
  const routes = series.filter(({ labels }) => labels.__name__ === "starlette_requests_processing_time_seconds_count");
  const pods = new Set(routes.map(({ labels }) => labels.pod));
  return { ...coefficients.testCluster, routes: Math.round(routes.length / pods.size) };
}

/** The samples of the last scrape of every target, five series about each scrape, and the series of rules. */
function liveSeries({ series, to }: Recording): number {
  const alive = series.flatMap(({ labels, samples }) => {
    const last = samples.findLast(({ time }) => time <= to);
    return last?.value !== undefined && last.time > to - 60_000 ? [{ labels, value: last.value }] : [];
  });
  const scraped = alive.filter(({ labels }) => labels.__name__ === "scrape_samples_post_metric_relabeling");
  const rules = alive.filter(({ labels }) => labels.job === undefined);
  return scraped.reduce((sum, { value }) => sum + value + 5, 0) + rules.length;
}

/** By the counter of Prometheus itself, in the last five minutes of a slice. */
function appendedPerSecond({ series, to }: Recording): number {
  const counter = series.find(
    ({ labels }) => labels.__name__ === "prometheus_tsdb_head_samples_appended_total" && labels.type === "float",
  );
  const samples = counter?.samples.filter(({ time, value }) => value !== undefined && time > to - 300_000) ?? [];
  const [first, last] = [samples[0], samples.at(-1)];
  return (((last?.value ?? 0) - (first?.value ?? 0)) / ((last?.time ?? 0) - (first?.time ?? 0))) * 1000;
}

test("a line goes through its points", () => {
  // y = 2x + 1.
  expect(
    fitLine([
      [0, 1],
      [1, 3],
      [3, 7],
    ]),
  ).toEqual({ slope: 2, intercept: 1 });
});

test("the pods of the test cluster are those that its recording lists", () => {
  const quiet = recordings.find(({ name }) => name === "quiet");
  const running = quiet?.series.filter(({ labels, samples }) => {
    const ours = /^(monitoring|grafana|logging|node-agents|erp)$/.test(labels.namespace ?? "");
    return (
      labels.__name__ === "kube_pod_status_phase" && labels.phase === "Running" && ours && samples.at(-1)?.value === 1
    );
  });
  // A test starts Elasticsearch as a pod of its own, and Grafana was not deployed.
  expect(ownPods(recorded, 1)).toBe((running?.length ?? 0) - 1 + 1);
});

/** Coefficients with which sizes can be computed by hand. */
const simple: Coefficients = {
  testCluster: { nodes: 1, pods: 1, routes: 1, logLinesPerSecond: 1 },
  series: {
    obtained: "by hand",
    jobs: {
      "erp-api": { target: 100, route: 10 },
      "node-exporter": { target: 60 },
      "kube-state-metrics": { node: 30, pod: 3 },
    },
    rules: 15,
    full: 3000,
  },
  prometheus: { obtained: "by hand", bytesPerSample: 2, walBytesPerSample: 10, memory: 100e6, memoryPerSeries: 1000 },
  loki: {
    obtained: "by hand",
    lineBytes: 500,
    storedBytesPerLine: 50,
    walBytesPerLine: 400,
    memory: 100e6,
    memoryPerLinePerSecond: 1e6,
  },
};

describe("the sizes of an environment", () => {
  // Twelve API pods with 20 routes have 12 × (100 + 20 × 10) = 3600 series, ten nodes 600. kube-state-metrics has
  // 10 × 30 + 100 × 3 = 600, and rules 15.
  const scale: Scale = { nodes: 10, pods: 100, routes: 20, logLinesPerSecond: 10 };
  const { prometheus, loki } = predict(production, objectsOf(production, scale), simple);

  test("are the sum over nodes, pods and routes", () => {
    expect(prometheus.series).toBe(3600 + 600 + 600 + 15);
    // 3600 / 15 s + 1200 / 30 s + 15 / 15 s.
    expect(prometheus.samplesPerSecond).toBe(240 + 40 + 1);
  });

  test("contain the series of the API pods that a rollout replaces, and of their pods", () => {
    expect(prometheus.headSeries).toBe(4815 + 3600 + 3 * (12 + 3));
    expect(prometheus.memory).toBe(100e6 + 8460 * 1000);
  });

  test("contain thirty days of samples and eight hours of the write-ahead log", () => {
    expect(prometheus.bytesPerDay).toBe(281 * 86_400 * 2);
    expect(prometheus.disk).toBe(30 * 281 * 86_400 * 2 + 8 * 3600 * 281 * 10);
  });

  test("contain four hours of the write-ahead log where its segments fill sooner", () => {
    const busy = { ...simple, prometheus: { ...simple.prometheus, walBytesPerSample: 1000 } };
    expect(predict(production, objectsOf(production, scale), busy).prometheus.wal).toBe(4 * 3600 * 281 * 1000);
  });

  test("grow with `full` by what the test cluster has more, at every 30 seconds", () => {
    const full = predict({ ...production, clusterMonitoring: "full" }, objectsOf(production, scale), simple).prometheus;
    expect([full.series - prometheus.series, full.samplesPerSecond - prometheus.samplesPerSecond]).toEqual([3000, 100]);
  });

  test("contain the log lines of a day and of thirty days", () => {
    expect([loki.linesPerDay, loki.rawBytesPerDay, loki.bytesPerDay]).toEqual([864_000, 432e6, 43.2e6]);
    expect(loki.disk).toBe(30 * 43.2e6);
  });

  test("count the pods of the environment where `scale` states fewer", () => {
    expect(objectsOf(production, { ...scale, pods: 1 }).pods).toBe(ownPods(production, 10));
  });
});

describe("settings", () => {
  const tooSmall = (environment: Environment, scale: Scale) =>
    compare(environment, predict(environment, objectsOf(environment, scale))).flatMap(({ setting, tooSmall: text }) =>
      text ? [setting] : [],
    );
  const large: Scale = { nodes: 100, pods: 3000, routes: 1000, logLinesPerSecond: 20_000 };

  test("are enough for the test cluster", () => {
    for (const environment of [local, production]) expect(tooSmall(environment, coefficients.testCluster)).toEqual([]);
  });

  test("are too small for a cluster of another size", () => {
    expect(tooSmall(local, large).sort()).toEqual([
      "loki.resources.requests.memory",
      "loki.storage.size",
      "prometheus.resources.requests.memory",
      "prometheus.retentionSize",
      "scale.routes",
    ]);
    expect(tooSmall(production, large).sort()).toEqual([
      "loki.resources.requests.memory",
      "loki.storage.walSize",
      "prometheus.retentionSize",
      "scale.routes",
    ]);
  });
});

describe("synth", () => {
  const small: Environment = { ...production, prometheus: { ...production.prometheus, retention: "10y" } };

  test("prints no notice for an environment that is large enough, or does not state its scale", () => {
    const { scale: _, ...unknown } = small;
    expect(sizeNotices([local, production, unknown])).toEqual([]);
  });

  test("prints a notice with the setting, the consequence and the remedy", () => {
    const [notice = "", ...others] = sizeNotices([production, small]);
    expect(others).toEqual([]);
    expect(notice).toMatch(
      /^production is too small for its `scale` \(npm run size -- production\):\n {2}prometheus\.retentionSize: 80GB, needs [\d,.]+ TiB\. Prometheus deletes samples after about \d+ days instead of 10 years\. Raise `prometheus\.retentionSize`/,
    );
  });
});

test("a pod of the API has at most as many routes as one scrape may contain", () => {
  const scale = { ...coefficients.testCluster, routes: 900 };
  const found = compare(production, predict(production, objectsOf(production, scale)));
  const { target = 0, route = 1 } = coefficients.series.jobs["erp-api"] ?? {};
  const most = Number(((20_000 - target) / route).toPrecision(2));
  expect(found).toContainEqual(
    expect.objectContaining({ setting: "scale.routes", value: "900", needed: `at most ${most}` }),
  );
});

describe("figures", () => {
  test.each([
    [12_345, "12,000"],
    [0.123, "0.12"],
    [9.96, "10"],
  ])("%d is written with two digits", (value, text) => expect(numberText(value)).toBe(text));

  test.each([
    [86 * 2 ** 20, "86 MiB"],
    [1.23 * 2 ** 30, "1.2 GiB"],
    // Not 1000 MiB, which nobody compares with GiB at once.
    [1023 * 2 ** 20, "1 GiB"],
    [12, "12 B"],
  ])("%d bytes are written with a unit", (value, text) => expect(sizeText(value)).toBe(text));
});

test("the text states whether the environment states its scale", () => {
  expect(predictionText(production)).toContain("12 nodes, 300 pods, 12 API pods with 80 routes, 3 workers, 2 queues");
  expect(predictionText(local)).toContain("local does not state `scale`.");
});

describeWith("prometheus", "the sizes of a running environment", () => {
  let measurement: Measurement;

  beforeAll(async () => {
    measurement = await recordedMeasurement();
  }, 300_000);

  test("are those that Prometheus recorded", () => {
    const { objects, series, headSeries, prometheusMemory, age = 0 } = measurement;
    // The last values in the file: 22 scrapes kept 4511 samples, and the head block had 5905 series.
    expect({ series, headSeries }).toEqual({ series: 4511 + 5 * 22, headSeries: 5905 });
    expect(objects).toMatchObject({ nodes: 1, pods: 26, apiPods: 2, workers: 1, routes: (9 + 4) / 2 });
    expect(Math.round((prometheusMemory ?? 0) / 2 ** 20)).toBe(97);
    expect(Math.round(age / 60)).toBe(25);
  });

  test("are printed next to the prediction, with the factor between both", () => {
    const text = measurementText(recorded, measurement);
    expect(text).toMatch(/^ {2}pods +26 +26$/m);
    expect(text).toMatch(/^ {2}series of all scrapes +4,600 +4,600 +1$/m);
    expect(text).toMatch(/^ {2}memory of Prometheus +110 MiB +97 MiB +0\.8\d$/m);
  });

  test("are on the page, with the coefficients and the example: `npm run bench:sizes -- --page`", () => {
    const page = readFileSync(join(__dirname, "..", sizingPage), "utf8");
    expect(page).toBe(updatePage(page, measurement));
    const { nodes, pods, routes, logLinesPerSecond } = production.scale as Scale;
    expect(page).toContain(
      `scale: { nodes: ${nodes}, pods: ${pods}, routes: ${routes}, logLinesPerSecond: ${logLinesPerSecond} },`,
    );
  });

  test("have no data for what Prometheus does not know", () => {
    const text = measurementText(production, { ...measurement, objects: {}, lokiMemory: undefined });
    expect(text).toMatch(/^ {2}nodes +12 +no data$/m);
    expect(text).toMatch(/^ {2}memory of Loki +\S+ MiB +no data$/m);
  });
});

test("the database of a young Prometheus consists of its write-ahead log, and later of the retention", () => {
  const { prometheus } = predict(production, objectsOf(production, coefficients.testCluster));
  const perSecond = prometheus.samplesPerSecond * coefficients.prometheus.walBytesPerSample;
  expect(diskAfter(production, prometheus, 1800)).toBeCloseTo(1800 * perSecond);
  expect(diskAfter(production, prometheus, 60 * 86_400)).toBeGreaterThan(0.99 * prometheus.disk);
});
