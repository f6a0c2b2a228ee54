import { join } from "node:path";
import { logFileBytes } from "../../logs/file-size";
import { pipeline } from "../../logs/pipeline";
import { targets } from "../../logs/targets";
import { namespaces } from "../../settings/addresses";
import { production } from "../fixtures/production";
import type { LogAgent, Place } from "./node";

/** Promtail, configured as in `constructs/promtail.ts` does it. */
export function promtailProcess(path: string): LogAgent {
  return {
    path,
    configuration: (place) => JSON.stringify(configuration(place)),
    args: (file) => [`-config.file=${file}`],
  };
}

/** The configuration, with service discovery from files instead of the cluster's API, and with short timeouts. */
function configuration({ folder, pods, lokiUrl, port }: Place): object {
  const server = { http_listen_address: "127.0.0.1", http_listen_port: port, grpc_listen_address: "127.0.0.1" };
  return {
    server: { ...server, grpc_listen_port: 0, log_level: "warn" },
    positions: { filename: join(folder, "positions.yaml") },
    clients: [
      {
        url: `${lokiUrl}/loki/api/v1/push`,
        batchwait: "100ms",
        backoff_config: { min_period: "100ms", max_period: "1s", max_retries: 0 },
      },
    ],
    target_config: { sync_period: "200ms" },
    scrape_configs: [
      {
        job_name: "pods",
        file_sd_configs: [{ files: [pods] }],
        relabel_configs: targets(Object.values(namespaces)),
        pipeline_stages: pipeline(logFileBytes(production.logAgent)),
      },
    ],
  };
}
