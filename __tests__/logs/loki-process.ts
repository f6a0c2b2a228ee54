import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../notifications/listener";
import { program, type Running } from "./program";

type Labels = Readonly<Record<string, string>>;

/** A line as Loki takes it: when, in nanoseconds; its text; what is kept beside it. */
export type Entry = readonly [time: string, line: string, metadata?: Labels];

/** A line that Loki has. */
export interface Line {
  readonly labels: Labels;
  readonly time: string;
  readonly text: string;
  readonly metadata: Labels;
}

export interface Stream {
  readonly stream: Labels;
  readonly values: readonly Entry[];
}

/** Values of a series by the second at which each holds. */
export type Series = ReadonlyMap<number, number>;

export interface Loki extends Running {
  readonly folder: string;
  readonly push: (streams: readonly Stream[], tenant?: string) => Promise<void>;
  /** The lines of the last days. */
  readonly lines: (query: string, most?: number) => Promise<readonly Line[]>;
  readonly series: (query: string, times: Times, tenant?: string) => Promise<readonly Series[]>;
  /** Stops Loki, runs a function while it is down, and starts it again with the same data. */
  readonly restart: (meanwhile: () => void | Promise<void>, signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
}

export interface Times {
  readonly start: number;
  readonly end: number;
  readonly step: number;
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
  const ask = async (api: string, query: Readonly<Record<string, string | number>>, tenant: string) => {
    const parameters = new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, `${value}`] as [string, string]),
    );
    const response = await fetch(`${url}/loki/api/v1/${api}?${parameters}`, { headers: headers(tenant) });
    if (!response.ok) throw new Error(`Loki answers ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: { result: readonly never[] } }).data.result;
  };
  return {
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
    async push(streams, tenant = "fake") {
      const body = JSON.stringify({ streams });
      const response = await fetch(`${url}/loki/api/v1/push`, { method: "POST", headers: headers(tenant), body });
      if (!response.ok) throw new Error(`Loki answers ${response.status}: ${await response.text()}`);
    },
    async lines(query, limit = 5000) {
      const start = Math.floor(Date.now() / 1000) - 6 * 86_400;
      const streams: readonly Found[] = await ask("query_range", { query, limit, start }, "fake");
      return streams.flatMap(({ stream: labels, values }) =>
        values.map(([time, text, { structuredMetadata: metadata = {} }]) => ({ labels, time, text, metadata })),
      );
    },
    async series(query, times, tenant = "fake") {
      const matrix: readonly Matrix[] = await ask("query_range", { query, ...times }, tenant);
      return matrix.map(({ values }) => new Map(values.map(([second, value]) => [second, Number(value)])));
    },
  };
}

/** Loki separates labels, metadata and parsed fields only on request. */
function headers(tenant: string): Readonly<Record<string, string>> {
  const apart = { "X-Loki-Response-Encoding-Flags": "categorize-labels" };
  return { ...apart, "content-type": "application/json", "X-Scope-OrgID": tenant };
}

interface Found {
  readonly stream: Labels;
  readonly values: readonly (readonly [time: string, text: string, { readonly structuredMetadata?: Labels }])[];
}

interface Matrix {
  readonly values: readonly (readonly [second: number, value: string])[];
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
