import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { prometheusStorageFailing } from "../../alerts/prometheus/prometheus-storage-failing";
import { freePort } from "../../commands/free-port";
import { request } from "../../commands/request";
import { eventually } from "../notifications/alertmanager-process";
import { describeWith } from "../tools";

describeWith("prometheus", "a real Prometheus whose newest segment is overwritten", (_, program) => {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  const segments = join(folder, "data", "wal");
  let port: number;
  let stop = async () => {};
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  async function start() {
    const flags = [`--config.file=${folder}/prometheus.yaml`, `--storage.tsdb.path=${folder}/data`];
    const child = spawn(program, [...flags, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    stop = async () => {
      child.kill("SIGKILL");
      await ended;
    };
    await eventually(
      () =>
        request(`http://127.0.0.1:${port}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      () => "Prometheus is not ready",
    );
  }

  /** Values of the series that a query returns. */
  async function query(text: string): Promise<readonly number[]> {
    const answer = await request(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return data.result.map(({ value }) => Number(value[1]));
  }

  test("finds a corruption that no increase shows, and that the measure of the alert shows", async () => {
    port = await freePort();
    const targets = [`127.0.0.1:${port}`];
    const labels = { pod: "prometheus-0" };
    const scrape = { job_name: "prometheus", static_configs: [{ targets, labels }] };
    const config = { global: { scrape_interval: "200ms" }, scrape_configs: [scrape] };
    writeFileSync(join(folder, "prometheus.yaml"), stringify(config));
    const samples = "count_over_time(prometheus_tsdb_wal_corruptions_total[1h])";
    await start();
    await eventually(
      async () => ((await query(samples))[0] ?? 0) > 5,
      () => "there are no samples",
    );
    await stop();

    // Four KiB near the beginning: the samples after them are lost, as those of many minutes are in a larger segment.
    const [newest = ""] = readdirSync(segments)
      .filter((name) => /^\d+$/.test(name))
      .sort()
      .reverse();
    expect(statSync(join(segments, newest)).size).toBeGreaterThan(8192);
    const file = openSync(join(segments, newest), "r+");
    writeSync(file, randomBytes(4096), 0, 4096, 100);
    closeSync(file);

    await start();
    await eventually(
      async () => ((await query(samples))[0] ?? 0) > 2,
      () => "there are no samples after the restart",
    );
    expect(await query("prometheus_tsdb_wal_corruptions_total")).toEqual([1]);
    expect(await query("increase(prometheus_tsdb_wal_corruptions_total[15m]) > 0")).toEqual([]);
    expect(await query(prometheusStorageFailing.measure.text)).toEqual([1]);

    // Nothing is found at the next start, and nobody is notified.
    await stop();
    await start();
    await eventually(
      async () => (await query("prometheus_tsdb_wal_corruptions_total == 0")).length > 0,
      () => "there are no samples after the second restart",
    );
    expect((await query(prometheusStorageFailing.measure.text)).filter((value) => value > 0)).toEqual([]);
  });
});
