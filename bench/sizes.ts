import { readFileSync, writeFileSync } from "node:fs";
import { CommandError, start } from "../commands/command";
import type { Recording } from "../commands/preview/recording";
import { readRecording, recordingFiles } from "../commands/preview/recordings";
import { type Coefficients, coefficients } from "../commands/size/coefficients";
import { charts } from "../settings/versions";
import { machine } from "./report";
import { fitLine, sum } from "./sizes/line";
import * as loki from "./sizes/loki";
import { sizingPage, updatePage } from "./sizes/page";
import { bytesPerSample } from "./sizes/prometheus-disk";
import * as prometheus from "./sizes/prometheus-memory";
import { recordedMeasurement } from "./sizes/recorded-measurement";
import { seriesCoefficients } from "./sizes/series";

const file = "commands/size/coefficients.json";
const parts = ["series", "prometheus", "loki"] as const;

start({
  name: "bench:sizes",
  positionals: {},
  options: {
    only: { type: "string", value: "part", help: `measures only this part: ${parts.join(", ")}` },
    write: { type: "boolean", help: `also writes the coefficients to ${file}` },
    page: {
      type: "boolean",
      help: `measures nothing, and writes the coefficients and the outputs of the command to ${sizingPage}`,
    },
  },
  help: `
Measures the coefficients of \`npm run size\` (docs/sizing.md): the series of each scrape job, counted in the recordings of
the test cluster; bytes and memory of a series and a sample, with the pinned Prometheus and recorded series; bytes of a log
line and memory of Loki, with the pinned Loki and recorded lines. Takes about half an hour, and needs Prometheus and Loki,
which Go builds once. Memory depends on the machine, so that two runs differ. After \`--write\`, run the command with \`--page\`.

Exit code 0: the coefficients were printed. 1: a program did not start, or a part is unknown.`,
  run: async ({ only, write = false, page = false }) => {
    if (page) {
      writeFileSync(sizingPage, updatePage(readFileSync(sizingPage, "utf8"), await recordedMeasurement()));
      return 0;
    }
    if (only !== undefined && !parts.some((part) => part === only)) {
      throw new CommandError(`--only takes ${parts.join(", ")}, not \`${only}\`.`);
    }
    const recordings = recordingFiles().map(readRecording);
    const wanted = (part: (typeof parts)[number]) => only === undefined || only === part;
    const measured: Coefficients = {
      ...coefficients,
      ...(wanted("series") && seriesCoefficients(recordings, keptSeries())),
      ...(wanted("prometheus") && { prometheus: await prometheusCoefficients(recordings) }),
      ...(wanted("loki") && { loki: await lokiCoefficients(recordings) }),
    };
    const text = `${JSON.stringify(measured, (_, value) => (typeof value === "number" ? rounded(value) : value), 2)}\n`;
    console.log(text);
    console.log(machine());
    if (write) writeFileSync(file, text);
    return 0;
  },
});

/** The series that Prometheus kept with each choice of `clusterMonitoring`, as the story was recorded. */
function keptSeries(): { readonly curated: number; readonly full: number } {
  const [, curated, full] =
    /^\| series of all targets, curated and full \| (\d+) and (\d+) \|/m.exec(
      readFileSync("docs/verified-live.md", "utf8"),
    ) ?? [];
  return { curated: Number(curated), full: Number(full) };
}

async function prometheusCoefficients(recordings: readonly Recording[]): Promise<Coefficients["prometheus"]> {
  const quiet = recordings.filter(({ name }) => name === "quiet");
  const [recording] = quiet;
  if (recording === undefined) throw new CommandError("No recording is quiet.");
  const points = await prometheus.memoryPoints(recording);
  const { slope } = fitLine(points.map(({ series, bytes }) => [series, bytes]));
  const last = (name: string, label: string, value: string) =>
    recordings.map(({ series }) => lastValue(series, name, label, value));
  const heads = last("prometheus_tsdb_head_series", "container", "prometheus");
  const sets = last("container_memory_working_set_bytes", "container", "prometheus");
  const wals = last("prometheus_tsdb_wal_storage_size_bytes", "container", "prometheus");
  const samples = last("prometheus_tsdb_head_samples_appended_total", "type", "float");
  return {
    obtained: `Prometheus ${charts.kubePrometheusStack.programs.prometheus}: bytes of a sample in a block of twelve hours with the series of the recording \`quiet\`; memory of a series with ${points.map(({ series, bytes }) => `${series} series: ${mebibytes(bytes)} MiB`).join(", ")}; the rest by the recordings of the test cluster`,
    bytesPerSample: await bytesPerSample(recording),
    walBytesPerSample: sum(wals) / sum(samples),
    memory: Math.max(...sets.map((bytes, index) => bytes - slope * (heads[index] ?? 0))),
    memoryPerSeries: slope,
  };
}

async function lokiCoefficients(recordings: readonly Recording[]): Promise<Coefficients["loki"]> {
  const bytes = await loki.lineBytes(recordings);
  const points = await loki.memoryPoints(recordings);
  const { slope } = fitLine(points.map(({ linesPerSecond, bytes: memory }) => [linesPerSecond, memory]));
  const sets = recordings.map(({ series }) =>
    lastValue(series, "container_memory_working_set_bytes", "container", "loki"),
  );
  return {
    obtained: `Loki ${charts.loki.appVersion}: bytes of a line with the lines of all recordings; memory of a line per second with ${points.map(({ linesPerSecond, bytes: memory }) => `${linesPerSecond} lines per second: ${mebibytes(memory)} MiB`).join(", ")}; the rest by the recordings of the test cluster`,
    lineBytes: bytes.raw,
    storedBytesPerLine: bytes.stored,
    walBytesPerLine: bytes.wal,
    memory: Math.max(...sets),
    memoryPerLinePerSecond: slope,
  };
}

/** The last value of the series with this name and this label. */
function lastValue(series: Recording["series"], name: string, label: string, value: string): number {
  const found = series.filter(({ labels }) => labels.__name__ === name && labels[label] === value);
  const values = found.map(({ samples }) => samples.findLast((sample) => sample.value !== undefined)?.value ?? 0);
  return Math.max(...values);
}

/** Three digits: two measurements do not agree on more. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
