import { brotliDecompressSync } from "node:zlib";
import { mergedSeries } from "../commands/preview/merged-series";
import { mergedStreams } from "../commands/preview/merged-streams";
import type { RecordedSeries } from "../commands/preview/recorded-series";
import type { Line } from "../commands/preview/recorded-stream";
import { decodeRecording, encodeRecording, type Recording } from "../commands/preview/recording";
import { withStaleness } from "./cluster/staleness";

/** A time in milliseconds since 1970: this number of seconds after the start of the recording. */
const second = (seconds: number) => 1_795_987_281_719 + seconds * 1000;

function recording(changes: Partial<Recording> = {}): Recording {
  return {
    name: "outage",
    title: "No pod runs",
    kind: "trouble",
    begin: second(0),
    from: second(60),
    to: second(600),
    occasion: "2026-11-29, commit 4d1e261",
    series: [],
    streams: [],
    ...changes,
  };
}

/** A series with a sample every 30 seconds. Without a value, it is a staleness marker. */
function series(labels: RecordedSeries["labels"], values: readonly (number | undefined)[], start = 0): RecordedSeries {
  return { labels, samples: values.map((value, index) => ({ time: second(start + 30 * index), value })) };
}

describe("the file of a recording", () => {
  test("keeps the exact values of Prometheus, and staleness markers", () => {
    const written = recording({
      series: [
        series({ __name__: "count", pod: "a" }, [7, 7, undefined, undefined, 5, 2 ** 53 - 1, 0]),
        series({ __name__: "ratio" }, [0.1 + 0.2, 1e-300, -0.5, undefined, 2 ** 60]),
        series({ __name__: "odd" }, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
        series({ __name__: "ended" }, [undefined]),
      ],
    });
    expect(decodeRecording(encodeRecording(written))).toEqual(written);
  });

  test("keeps the nanoseconds and the metadata of log lines", () => {
    const time = BigInt(second(1)) * 1_000_000n;
    const lines: readonly Line[] = [
      { time: time + 1n, text: '{"level":"INFO"}', metadata: { pod: "a" } },
      { time: time + 2n, text: "", metadata: {} },
    ];
    const written = recording({ streams: [{ labels: { app: "erp-api" }, lines }] });
    expect(decodeRecording(encodeRecording(written))).toEqual(written);
  });

  test("contains times that several series share only once", () => {
    const written = recording({
      series: [series({ pod: "a" }, [1, 2]), series({ pod: "b" }, [3, 4]), series({}, [1, 2], 1)],
    });
    const { clocks } = JSON.parse(brotliDecompressSync(encodeRecording(written)).toString());
    expect(clocks).toEqual([
      [0, 30_000],
      [1000, 30_000],
    ]);
  });
});

describe("staleness markers, which Prometheus does not return,", () => {
  const target = { job: "api", instance: "10.0.0.1:8000" };
  const up = series({ __name__: "up", ...target }, [1, 1, 0, 1, 1]);
  const markers = (one: RecordedSeries, others: readonly RecordedSeries[], seconds: number, groups = noGroups) => {
    const marked = withStaleness([one, ...others], groups, second(seconds))[0]?.samples ?? [];
    return marked.filter(({ value }) => value === undefined).map(({ time }) => (time - second(0)) / 1000);
  };
  const noGroups: Parameters<typeof withStaleness>[1] = [];

  test("are derived from a failed scrape", () => {
    const paused = { labels: target, samples: [0, 30, 90, 120].map((at) => ({ time: second(at), value: 1 })) };
    expect(markers(paused, [up], 140)).toEqual([60]);
  });

  test("are not derived from a timestamp that an exporter repeats in two scrapes", () => {
    const states = { labels: target, samples: [5, 80, 100, 130].map((at) => ({ time: second(at), value: 1 })) };
    expect(markers(states, [up], 140)).toEqual([]);
  });

  test("are derived from a target that has disappeared", () => {
    expect(markers(series(target, [1, 1, 1, 1, 1]), [up], 600)).toEqual([150]);
  });

  describe("of a rule group", () => {
    const rules = [
      { record: "one:sum", expr: "1" },
      { record: "two:sum", expr: "2" },
    ];
    const groups = [{ name: "group", interval: "30s", rules }];
    const one = (times: readonly number[]) => ({
      labels: { __name__: "one:sum" },
      samples: times.map((at) => ({ time: second(at), value: 1 })),
    });

    test("are derived from an evaluation without a result", () => {
      expect(markers(series({ __name__: "two:sum" }, [1, 1]), [one([0, 30, 60, 90])], 100, groups)).toEqual([60]);
    });

    test("are derived from evaluations without any result", () => {
      expect(markers(one([0, 30, 60, 180]), [], 190, groups)).toEqual([90]);
    });

    test("are not derived from a skipped evaluation", () => {
      expect(markers(one([0, 30, 90, 120]), [], 130, groups)).toEqual([]);
    });
  });

  test("are not derived from a pause of all scrapes, nor from the end of the recording", () => {
    const samples = [0, 30, 120, 150].map((at) => ({ time: second(at), value: 1 }));
    const both = [
      { labels: target, samples },
      { labels: { __name__: "up", ...target }, samples },
    ] as const;
    expect(markers(both[0], [both[1]], 180)).toEqual([]);
  });
});

describe("several recordings", () => {
  test("end every series only in the pauses between them", () => {
    const [one, two, three] = [
      recording({ to: second(60), series: [series({ pod: "a" }, [1, 1, 1])] }),
      recording({ begin: second(30), to: second(120), series: [series({ pod: "a" }, [1, 1, 2, 2], 30)] }),
      recording({ begin: second(900), to: second(960), series: [series({ pod: "a" }, [3], 930)] }),
    ];
    const [merged] = mergedSeries([one, two, three]);
    expect(merged?.samples.map(({ time, value }) => [time - second(0), value])).toEqual([
      [0, 1],
      [30_000, 1],
      [60_000, 1],
      [90_000, 2],
      [120_000, 2],
      [120_001, undefined],
      [930_000, 3],
      [960_001, undefined],
    ]);
  });

  test("contain each line once", () => {
    const line = (at: number, text: string) => ({ time: BigInt(second(at)) * 1_000_000n, text, metadata: {} });
    const of = (...lines: readonly Line[]) => recording({ streams: [{ labels: { app: "erp-api" }, lines }] });
    const [merged] = mergedStreams([
      of(line(2, "c"), line(3, "d")),
      of(line(1, "a"), line(2, "b"), line(2, "c"), line(4, "a")),
    ]);
    expect(merged?.lines.map(({ text }) => text)).toEqual(["a", "c", "b", "d", "a"]);
  });
});
