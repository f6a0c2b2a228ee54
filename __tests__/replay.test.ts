import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Labels } from "../commands/preview/recorded-series";
import { encodeRecording } from "../commands/preview/recording";
import { type Replay, type ReplayOptions, whileReplaying } from "../commands/preview/replay";
import { storyNames, type TimedStory, timedStories } from "../commands/preview/timed-stories";
import { request } from "../commands/request";
import { recorded } from "./fixtures/recorded";
import { describeWith } from "./tools";

const begin = Date.UTC(2026, 10, 29, 12);
const samples = [
  { time: begin + 7, value: 0.1 + 0.2 },
  { time: begin + 30_007, value: 2 ** 53 - 1 },
  { time: begin + 60_007, value: Number.POSITIVE_INFINITY },
  { time: begin + 90_007, value: undefined },
  { time: begin + 300_007, value: 5 },
];
const time = BigInt(begin) * 1_000_000n + 1n;
const lines = [
  { time, text: '{"level":"INFO"}', metadata: { pod: "erp-api-0" } },
  { time: time + 1n, text: '{"level":"ERROR"}', metadata: { pod: "erp-api-1" } },
];

/** The scenarios of an alert that reads recordings, of one with `for`, and of one about points in time. */
const recordedStories = storyNames(recorded).filter((name) =>
  /^(ErpErrorBudgetBurn|ErpDown|ErpReportMissing)/.test(name),
);

describeWith("recording-blocks", "a replay", () => {
  const folder = mkdtempSync(join(tmpdir(), "recordings-"));
  const file = join(folder, "short.json.br");
  let replay: StartedReplay;
  let stories: readonly TimedStory[];

  beforeAll(async () => {
    const facts = { name: "short", title: "Six minutes", kind: "quiet", occasion: "in a test" } as const;
    const times = { begin, from: begin + 60_000, to: begin + 360_000 };
    const series = [{ labels: { __name__: "recorded", pod: "a" }, samples }];
    const streams = [{ labels: { app: "erp-api", service_name: "erp-api" }, lines }];
    writeFileSync(file, encodeRecording({ ...facts, ...times, series, streams }));
    stories = timedStories(recorded, recordedStories);
    replay = await startReplay({ files: [file], stories });
  });

  afterAll(async () => {
    await replay.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = async (query: string, at: number) => {
    const parameters = new URLSearchParams({ query, time: String(at / 1000) });
    const response = await request(`${replay.prometheus}/api/v1/query?${parameters}`);
    return ((await response.json()) as { data: { result: readonly Found[] } }).data.result;
  };

  test("has the names of all recorded metrics", () => {
    expect(replay.slices).toEqual([
      { name: "short", title: "Six minutes", kind: "quiet", from: begin + 60_000, to: begin + 360_000 },
    ]);
  });

  test("has the recorded samples at their times", async () => {
    const [found] = await ask("recorded[10m]", begin + 360_000);
    expect(found?.metric).toEqual({ __name__: "recorded", pod: "a" });
    expect(found?.values).toEqual([
      [(begin + 7) / 1000, "0.30000000000000004"],
      [(begin + 30_007) / 1000, "9007199254740991"],
      [(begin + 60_007) / 1000, "+Inf"],
      [(begin + 300_007) / 1000, "5"],
    ]);
  });

  test("has no value after a staleness marker or after its end", async () => {
    const counts = [89, 91, 299, 301, 359, 361].map(async (at) => (await ask("recorded", begin + at * 1000)).length);
    expect(await Promise.all(counts)).toEqual([1, 0, 0, 1, 1, 0]);
  });

  test("has the recorded lines, with separate metadata", async () => {
    const nanoseconds = (milliseconds: number) => `${milliseconds}000000`;
    const parameters = new URLSearchParams({
      query: '{app="erp-api"} | pod="erp-api-1"',
      start: nanoseconds(begin),
      end: nanoseconds(begin + 60_000),
    });
    const headers = { "X-Loki-Response-Encoding-Flags": "categorize-labels" };
    const response = await request(`${replay.loki}/loki/api/v1/query_range?${parameters}`, { headers });
    const { data } = (await response.json()) as { data: { result: readonly { values: unknown }[] } };
    expect(data.result.map(({ values }) => values)).toEqual([
      [[String(time + 1n), '{"level":"ERROR"}', { structuredMetadata: expect.objectContaining({ pod: "erp-api-1" }) }]],
    ]);
  });

  test("plays scenarios, in which the alert fires as expected", async () => {
    expect(new Set(recordedStories.map((name) => name.split(/[: ]/)[0])).size).toBeGreaterThan(2);
    for (const { name, from, to, firing } of stories) {
      const [alert = ""] = name.split(/[: ]/);
      const query = `count_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[${to - from}ms])`;
      const fired = (await ask(query, firing?.from ?? to)).length > 0;
      expect({ name, fired }).toEqual({ name, fired: firing !== undefined });
    }
  });
});

interface Found {
  readonly metric: Labels;
  readonly values: unknown;
}

/** A replay that runs until it is stopped. */
interface StartedReplay extends Replay {
  readonly stop: () => Promise<void>;
}

function startReplay(options: ReplayOptions): Promise<StartedReplay> {
  return new Promise((resolve, reject) => {
    const ended = whileReplaying(
      options,
      (replay) =>
        new Promise<void>((end) => {
          resolve({
            ...replay,
            stop: () => {
              end();
              return ended;
            },
          });
        }),
    );
    ended.catch(reject);
  });
}
