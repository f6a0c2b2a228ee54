import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../commands/free-port";
import { request } from "../../commands/request";
import { evidenceContradictions, prometheusMetric } from "../../kit/metrics/check-evidence";
import { readEvidence } from "../../kit/metrics/read-evidence";
import { redisJob } from "../../metrics/redis/redis-metrics";
import { contributions } from "../../subjects/listings";
import { production } from "../fixtures/production";
import { program, type Running, until } from "../logs/program";
import { describeWithProgram } from "../tools";

jest.setTimeout(60_000);
const declared = contributions(production).catalogue.metrics.filter(
  ({ job, name }) => job.name === redisJob.name && !prometheusMetric.test(name),
);

describeWithProgram("redis_exporter", "a real Redis behind the exporter", (path) => {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  let stopRedis: () => Promise<void>;
  let exporter: Running;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    stopRedis = await startRedis();
    const listening = await freePort();
    const args = [`--redis.addr=redis://127.0.0.1:${port}`, `--web.listen-address=127.0.0.1:${listening}`];
    exporter = await program(path, args, `http://127.0.0.1:${listening}`, "/health");
  });
  afterAll(async () => {
    await exporter.stop();
    await stopRedis();
    rmSync(folder, { recursive: true });
  });

  const scrape = async () => (await request(`${exporter.url}/metrics`)).text();
  const command = (...args: string[]) =>
    spawnSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8", timeout: 60_000 }).stdout.trim();

  test("is exposed as declared in the catalogue", async () => {
    command("set", "cache", "1", "ex", "60");
    command("hget", "cache", "no hash");
    expect(declared.length).toBeGreaterThan(20);
    expect(evidenceContradictions(declared, readEvidence(await scrape()), "npm run evidence")).toEqual([]);
  });

  test("that refuses a write for lack of memory counts an error in the metric that RedisRefusesWrites reads", async () => {
    expect(await scrape()).not.toContain('redis_errors_total{err="OOM"}');
    command("config", "set", "maxmemory", "1");
    expect(command("set", "task", "1")).toMatch(/^OOM/);
    command("config", "set", "maxmemory", "0");
    expect(await scrape()).toContain('redis_errors_total{err="OOM"} 1');
  });

  test("that has ended leaves only redis_up, which is 0", async () => {
    await stopRedis();
    const text = await scrape();
    const { samples } = readEvidence(text);
    expect(declared.map(({ name }) => name).filter((name) => samples.has(name))).toEqual(["redis_up"]);
    expect(text).toContain("redis_up 0");
    stopRedis = await startRedis();
  });

  /** @returns the function that ends it */
  async function startRedis(): Promise<() => Promise<void>> {
    const args = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder, "--save", ""];
    const redis = spawn("redis-server", args, { stdio: "ignore" });
    await until(() => command("ping") === "PONG");
    return async () => {
      redis.kill();
      await once(redis, "exit");
    };
  }
});
