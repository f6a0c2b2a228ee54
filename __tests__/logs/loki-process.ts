import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../commands/free-port";
import { type LogStore, logStore, queryLoki } from "../../commands/prove/log-store";
import type { Labels } from "../../commands/prove/timeline";
import { program, type Running } from "./program";

/** A line that Loki has. */
export interface Line {
  readonly labels: Labels;
  readonly time: string;
  readonly text: string;
  readonly metadata: Labels;
}

export interface Loki extends Running, LogStore {
  readonly folder: string;
  /** The lines of the last days. */
  readonly lines: (query: string, most?: number) => Promise<readonly Line[]>;
  /** Stops Loki, runs a function while it is down, and starts it again with the same data. */
  readonly restart: (meanwhile: () => void | Promise<void>, signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
}

/** Starts a real Loki with some of our settings. The other settings are those of a single Loki on one machine. */
export async function loki(path: string, settings: (folder: string) => Settings): Promise<Loki> {
  const folder = mkdtempSync(join(tmpdir(), "loki-"));
  const [port, grpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify(merge(singleBinary(folder, port, grpc), settings(folder))));
  const start = () => program(path, [`-config.file=${file}`], url, "/ready");
  mkdirSync(join(folder, "rules"), { recursive: true });
  let running = await start();
  return {
    ...logStore(url),
    url,
    folder,
    output: () => running.output(),
    async stop(signal) {
      await running.stop(signal);
      rmSync(folder, { recursive: true });
    },
    async restart(meanwhile, signal) {
      await running.stop(signal);
      await meanwhile();
      running = await start();
    },
    async lines(query, limit = 5000) {
      const start = Math.floor(Date.now() / 1000) - 6 * 86_400;
      const streams: readonly Found[] = await queryLoki(url, "query_range", { query, limit, start });
      return streams.flatMap(({ stream: labels, values }) =>
        values.map(([time, text, { structuredMetadata: metadata = {} }]) => ({ labels, time, text, metadata })),
      );
    },
  };
}

interface Found {
  readonly stream: Labels;
  readonly values: readonly (readonly [time: string, text: string, { readonly structuredMetadata?: Labels }])[];
}

type Settings = Readonly<Record<string, unknown>>;

/** https://grafana.com/docs/loki/latest/configure/ */
function singleBinary(folder: string, port: number, grpc: number): Settings {
  const address = "127.0.0.1";
  return {
    server: {
      http_listen_address: address,
      http_listen_port: port,
      grpc_listen_address: address,
      grpc_listen_port: grpc,
      log_level: "warn",
      // As in the chart: with lower limits, a query for a page of long lines fails.
      grpc_server_max_recv_msg_size: 100 * 2 ** 20,
      grpc_server_max_send_msg_size: 100 * 2 ** 20,
    },
    auth_enabled: false,
    common: {
      path_prefix: folder,
      replication_factor: 1,
      instance_addr: address,
      ring: { kvstore: { store: "inmemory" } },
      storage: { filesystem: { chunks_directory: join(folder, "chunks"), rules_directory: join(folder, "rules") } },
    },
    schema_config: {
      configs: [
        {
          from: "2024-01-01",
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    ingester: { lifecycler: { min_ready_duration: "0s" } },
    // A test reads its lines at once, with any timestamp.
    querier: { query_ingesters_within: "0" },
    query_range: { cache_results: false },
    limits_config: { split_queries_by_interval: "0" },
    analytics: { reporting_enabled: false },
  };
}

function merge(base: Settings, over: Settings): Settings {
  const isMap = (value: unknown): value is Settings =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const added = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isMap(before) && isMap(value) ? merge(before, value) : value];
  });
  return { ...base, ...Object.fromEntries(added) };
}
