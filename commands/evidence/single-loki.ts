import { join } from "node:path";

/**
 * The configuration of a Loki on this machine, with its data in the folder.
 * @see https://grafana.com/docs/loki/latest/configure/
 */
export function singleLoki(folder: string, http: number, grpc: number) {
  const address = "127.0.0.1";
  return {
    auth_enabled: false,
    server: {
      http_listen_address: address,
      http_listen_port: http,
      grpc_listen_address: address,
      grpc_listen_port: grpc,
      log_level: "error",
    },
    common: {
      instance_addr: address,
      path_prefix: folder,
      replication_factor: 1,
      ring: { kvstore: { store: "inmemory" } },
      storage: { filesystem: { chunks_directory: join(folder, "chunks"), rules_directory: join(folder, "rules") } },
    },
    schema_config: {
      configs: [
        {
          from: "2026-01-01",
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
  };
}
