import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stream } from "../commands/prove/log-store";
import { request } from "../commands/request";
import { production } from "./fixtures/production";
import { type Loki, loki } from "./logs/loki-process";
import { until } from "./logs/program";
import { lokiSettings } from "./logs/settings";
import { describeWith } from "./tools";

jest.setTimeout(120_000);

describeWith("loki", "lines that are older than the retention", (_, path) => {
  let store: Loki;
  beforeAll(async () => {
    const { limits_config, compactor } = lokiSettings({
      ...production,
      loki: { ...production.loki, retention: "90d" },
    });
    store = await loki(path, (folder) => ({
      // The shortest possible retention. Loki rejects lines that are a month old.
      limits_config: { ...limits_config, retention_period: "1d" },
      compactor: { ...compactor, ...hurry, working_directory: join(folder, "compactor") },
      // Deleted lines must not come back from the write-ahead log.
      ingester: { wal: { enabled: false } },
    }));
  });
  afterAll(() => store.stop("SIGKILL"));

  const hurry = { delete_request_store: "filesystem", compaction_interval: "1s", retention_delete_delay: "1s" };
  const chunks = () => join(store.folder, "chunks", "fake");
  // The folder is created with the first chunk.
  const storedFiles = () =>
    existsSync(chunks())
      ? readdirSync(chunks(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
      : 0;
  const lines = async (app: string) => (await store.lines(`{app="${app}"}`)).length;

  test("are deleted with their index, and younger lines are kept", async () => {
    await store.push([oldStream("old", 72), oldStream("young", 20)]);
    await request(`${store.url}/flush`, { method: "POST" });
    await until(() => storedFiles() === 2);
    // The first shutdown creates the index, and the second one stores it.
    for (const _ of [1, 2]) await store.restart(() => undefined);
    await until(async () => storedFiles() === 1 && (await lines("old")) === 0, store.output);
    expect(await lines("young")).toBe(100);
  });

  test("are not needed for an answer over a longer time than is kept", async () => {
    for (const days of [60, 400]) {
      const query = new URLSearchParams({ query: '{app="young"}', start: `${Date.now() / 1000 - days * 86_400}` });
      const response = await request(`${store.url}/loki/api/v1/query_range?${query}`);
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"young"')]);
    }
  });
});

/** A hundred lines that are this many hours old. */
function oldStream(app: string, hours: number): Stream {
  const time = Date.now() - hours * 3_600_000;
  return {
    stream: { app },
    values: Array.from({ length: 100 }, (_, index) => [`${time}${100_000 + index}`, `${index}`]),
  };
}
