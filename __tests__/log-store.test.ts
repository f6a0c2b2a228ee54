import type { Stream } from "../commands/prove/log-store";
import { request } from "../commands/request";
import { streamSelectors } from "../kit/queries/logql/stream-selectors";
import { loki as store } from "../logs/loki-store";
import { mark } from "../logs/redaction";
import { type Loki, loki } from "./logs/loki-process";
import { describeWith } from "./tools";

/** A full minute, so that a window of one minute contains all lines. */
const end = 60 * Math.floor(Date.now() / 60_000);
const at = (second: number) => `${end - second}000000000`;

/** Streams as the log agent sends them: four lines of the ERP in two namespaces, and one line that is not JSON. */
const streams: readonly Stream[] = [
  {
    stream: { namespace: "erp", app: "erp-api" },
    values: [
      [at(50), '{"level":"INFO","logger":"access","route":"/a"}', { level: "INFO", request_id: "r1", pod: "api-1" }],
      [at(40), '{"level":"ERROR","logger":"sqlalchemy.pool","route":"/a"}', { level: "ERROR", request_id: "r1" }],
      [at(30), `Traceback ${mark}`, { pod: "api-2" }],
    ],
  },
  {
    stream: { namespace: "erp", app: "erp-worker" },
    values: [
      [at(20), '{"level":"CRITICAL","logger":"celery","task_name":"report"}', { level: "CRITICAL", request_id: "r2" }],
    ],
  },
  { stream: { namespace: "other", app: "erp-api" }, values: [[at(10), '{"level":"ERROR"}', { level: "ERROR" }]] },
];

test("the selectors of a query do not include those in its templates", () => {
  const query = store.share({ namespaces: ["erp"], only: "errors" }, { namespaces: ["erp"], app: "erp-api" }, "5m");
  expect(streamSelectors(query.text)).toEqual(['{namespace="erp"}', '{namespace="erp",app="erp-api"}']);
  const named = store.rate({ namespaces: ["erp"] }, "logger");
  expect(named.text).toContain("{{");
  expect(streamSelectors(named.text)).toEqual(['{namespace="erp"}']);
});

const erp = { namespaces: ["erp"] } as const;

describeWith("loki", "the log queries of dashboards, in a real Loki", (_, path) => {
  let running: Loki;
  beforeAll(async () => {
    running = await loki(path, () => ({}));
    await running.push(streams);
  }, 60_000);
  afterAll(() => running.stop("SIGKILL"));

  test.each([
    ["all lines of a namespace", erp, [50, 40, 30, 20]],
    ["lines of several namespaces", { namespaces: ["erp", "other"], app: "erp-api" }, [50, 40, 30, 10]],
    ["lines of a program", { ...erp, app: "erp-worker" }, [20]],
    ["lines of programs by an expression", { ...erp, apps: "erp-.+" }, [50, 40, 30, 20]],
    ["lines of a pod", { ...erp, pod: "api-1" }, [50]],
    ["errors", { ...erp, only: "errors" }, [40, 20]],
    ["errors that contain a word", { ...erp, only: "errors", contains: "sqlalchemy|psycopg" }, [40]],
    ["lines without a level", { ...erp, only: "without a level" }, [30]],
    ["lines with the mark of a removed secret", { ...erp, only: "redacted" }, [30]],
    ["lines of a request", { ...erp, requestId: "r1" }, [50, 40]],
    ["lines of requests by an expression", { ...erp, requestIds: ".+" }, [50, 40, 20]],
    ["lines of a task", { ...erp, task: "report" }, [20]],
  ] as const)("%s", async (_, asked, seconds) => {
    const found = await running.lines(store.lines(asked).text);
    expect(found.map(({ time }) => time).sort()).toEqual(seconds.map(at).sort());
  });

  const now = async (query: { readonly text: string }): Promise<Readonly<Record<string, number>>> => {
    const asked = new URLSearchParams({ query: query.text.replace("$__auto", "60s"), time: `${end}` });
    const response = await request(`${running.url}/loki/api/v1/query?${asked}`);
    const { data } = (await response.json()) as { data: { result: readonly Found[] } };
    return Object.fromEntries(data.result.map(({ metric, value }) => [Object.values(metric).join(), Number(value[1])]));
  };

  test("numbers of lines, with and without a field", async () => {
    expect(await now(store.rate(erp, "app"))).toEqual({ "erp-api": 3 / 60, "erp-worker": 1 / 60 });
    expect(await now(store.rate(erp, "level"))).toEqual({
      INFO: 1 / 60,
      ERROR: 1 / 60,
      CRITICAL: 1 / 60,
      none: 1 / 60,
    });
    expect(await now(store.mostFrequent({ ...erp, only: "errors" }, "route"))).toEqual({ "/a": 1, none: 1 });
    expect(await now(store.mostFrequent({ ...erp, only: "errors" }, "task_name"))).toEqual({ report: 1, none: 1 });
    expect(await now(store.mostFrequent(erp, "logger"))).toEqual({
      access: 1,
      "sqlalchemy.pool": 1,
      celery: 1,
      none: 1,
    });
  });

  /** Queries that `checkLogql` refuses or accepts for the same reason. */
  test.each([
    ['{app="a"} | pattern "<_> ended"', 400],
    ['{app="a"} | pattern "<user><path> ended"', 400],
    ['{app="a"} | pattern "<user> <user>"', 400],
    ['{app="a"} |> "<_> by <user>"', 400],
    ['{app="a"} |> "<_><_>"', 400],
    ['topk(0, rate({app="a"}[5m]))', 400],
    ['topk(1.5, rate({app="a"}[5m]))', 400],
    ['sum(5, rate({app="a"}[5m]))', 400],
    ['{app="a"} | pattern "<_> <user>" |> "<_> ended"', 200],
    ['topk(5, rate({app="a"}[5m]))', 200],
  ])("%s: %i", async (query, status) => {
    const api = query.startsWith("{") ? "query_range" : "query";
    const response = await request(`${running.url}/loki/api/v1/${api}?${new URLSearchParams({ query })}`);
    expect(response.status).toBe(status);
  });

  test("bytes per second", async () => {
    const bytes = streams[1]?.values[0]?.[1].length ?? 0;
    expect((await now(store.bytes(erp, "app")))["erp-worker"]).toBeCloseTo(bytes / 60);
  });

  test("totals, shares and writers, which are 0 if there are none", async () => {
    expect(await now(store.total({ ...erp, only: "redacted" }, "1m"))).toEqual({ "": 1 });
    expect(await now(store.total({ ...erp, app: "erp-beat" }, "1m"))).toEqual({ "": 0 });
    expect(await now(store.share({ ...erp, only: "errors" }, erp, "1m"))).toEqual({ "": 2 / 4 });
    expect(await now(store.share({ ...erp, app: "erp-beat" }, { ...erp, app: "erp-beat" }, "1m"))).toEqual({});
    expect(await now(store.writers(erp, "1m"))).toEqual({ "": 2 });
  });
});

interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}
