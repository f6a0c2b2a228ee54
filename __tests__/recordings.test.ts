import { statSync } from "node:fs";
import type { Recording } from "../commands/preview/recording";
import { readRecording, recordingFiles } from "../commands/preview/recordings";
import { contributions } from "../subjects/listings";
import { subjects } from "../subjects/subjects";
import { isMountedByOthers } from "./cluster/captured-series";
import { slices } from "./cluster/slices";
import { unrecordedMetrics } from "./cluster/unrecorded-metrics";
import { recorded } from "./fixtures/recorded";

const files = recordingFiles();
const recordings = files.map(readRecording);
const sizes = files.map((file) => statSync(file).size);

test("each recording has at most 1 MB, and all of them at most 8 MB", () => {
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8_000_000);
});

test("each recording belongs to a slice, with the same name, title and kind", () => {
  const listed = slices.map(({ name, title, kind }) => ({ name, title, kind }));
  for (const { name, title, kind } of recordings) expect(listed).toContainEqual({ name, title, kind });
});

test("one recording is quiet", () => {
  expect(recordings.map(({ name }) => name)).toContain("quiet");
});

test("no two recordings overlap in the time that is drawn", () => {
  const sorted = [...recordings].sort((one, other) => one.from - other.from);
  for (const [index, { name, from }] of sorted.entries()) {
    expect({ name, from }).toEqual({ name, from: Math.max(from, sorted[index - 1]?.to ?? 0) });
  }
});

test("the times of all samples and lines are within the time of the recording", () => {
  for (const { name, begin, to, series, streams } of recordings) {
    const samples = series.flatMap((one) => one.samples.filter(({ value }) => value !== undefined));
    const lines = streams.flatMap((one) => one.lines.map(({ time }) => Number(time / 1_000_000n)));
    const outside = [...samples.map(({ time }) => time), ...lines].filter((time) => time < begin || time > to);
    expect({ name, outside }).toEqual({ name, outside: [] });
  }
});

test("all metrics of the catalogue are recorded, except those that need an event or wait for the next capture", () => {
  const names = new Set(recordings.flatMap(({ series }) => series.map(({ labels }) => labels.__name__)));
  const { metrics } = contributions(recorded).catalogue;
  const awaited = new Set(subjects.flatMap(({ eventSeries = {} }) => Object.keys(eventSeries)));
  const missing = metrics.map(({ name }) => name).filter((name) => !names.has(name));
  expect(missing.filter((name) => !awaited.has(name)).sort()).toEqual([...unrecordedMetrics].sort());
});

test("no recording contains a password or a token", () => {
  for (const recording of recordings) expect(texts(recording).filter((text) => secret.test(text))).toEqual([]);
});

test("no recording contains a mount of the machine's owner", () => {
  for (const { name, series } of recordings) {
    const labels = series.map((one) => one.labels).filter(isMountedByOthers);
    expect({ name, mounted: labels.map(({ mountpoint }) => mountpoint) }).toEqual({ name, mounted: [] });
  }
  expect(["/mnt/x", "/media", "/home/me"].every((mountpoint) => isMountedByOthers({ mountpoint }))).toBe(true);
  expect(["/", "/var/lib/kubelet", "/mntx"].some((mountpoint) => isMountedByOthers({ mountpoint }))).toBe(false);
});

/** A URL with a password, a key in PEM, a token of a service account, and other typical forms of secrets in a log. */
const secret = /:\/\/[^:/@\s]*:[^@\s/]+@|-----BEGIN [A-Z ]*PRIVATE KEY|eyJhbGciOi|hunter2/;

function texts({ series, streams }: Recording): readonly string[] {
  const labels = [...series, ...streams].flatMap((one) => Object.values(one.labels));
  return [
    ...labels,
    ...streams.flatMap(({ lines }) => lines.flatMap(({ text, metadata }) => [text, ...Object.values(metadata)])),
  ];
}
