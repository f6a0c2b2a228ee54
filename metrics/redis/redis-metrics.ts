import { closed, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const redisJob = exporterJob("redis-exporter");

const { counter, gauge } = source(redisJob);
const byCommand = ["cmd"];
const byDatabase = ["db"];

/**
 * Metrics of Redis, which is both the broker of Celery's tasks and the ERP's cache. While the exporter cannot reach
 * Redis, `up` is 0 and all other metrics are absent.
 */
export const redis = {
  up: gauge("redis_up", [], { help: "1 while the exporter reaches Redis." }),
  info: gauge(
    "redis_instance_info",
    [
      "master_replid",
      "maxmemory_policy",
      "os",
      "process_id",
      "redis_build_id",
      "redis_mode",
      "redis_version",
      "role",
      "run_id",
      "tcp_port",
    ],
    {
      help: "Always 1. The labels describe the server, including its policy when memory is full.",
      values: {
        maxmemory_policy: closed(["noeviction"], {
          "another setting of `maxmemory-policy`": [
            "allkeys-lfu",
            "allkeys-lru",
            "allkeys-random",
            "volatile-lfu",
            "volatile-lru",
            "volatile-random",
            "volatile-ttl",
          ],
        }),
      },
      sample: {
        master_replid: "0",
        maxmemory_policy: "noeviction",
        os: "Linux",
        process_id: "1",
        redis_build_id: "0",
        redis_mode: "standalone",
        redis_version: "7.0.15",
        role: "master",
        run_id: "0",
        tcp_port: "6379",
      },
    },
  ),
  startTime: gauge("redis_start_time_seconds", [], { help: "Unix time at which Redis started." }),
  loading: gauge("redis_loading_dump_file", [], {
    help: "1 while Redis loads its data after a start and serves no commands.",
    unit: "flag",
  }),

  commands: counter("redis_commands_total", byCommand, { help: "Calls of a command." }),
  commandDuration: counter("redis_commands_duration_seconds_total", byCommand, {
    help: "Time that calls of a command took inside Redis.",
  }),
  failedCalls: counter("redis_commands_failed_calls_total", byCommand, { help: "Calls that failed during execution." }),
  rejectedCalls: counter("redis_commands_rejected_calls_total", byCommand, {
    help: "Calls that were rejected before execution.",
  }),
  errors: counter("redis_errors_total", ["err"], {
    help: "Error replies, by the first word of the error. An error that never occurred has no series.",
    values: {
      err: open("modules and scripts add their own errors", [
        "ERR",
        "LOADING",
        "MASTERDOWN",
        "MISCONF",
        "NOAUTH",
        "NOREPLICAS",
        "OOM",
        "READONLY",
        "WRONGTYPE",
      ]),
    },
    sample: { err: "OOM" },
  }),
  hits: counter("redis_keyspace_hits_total", [], { help: "Lookups that found their key." }),
  misses: counter("redis_keyspace_misses_total", [], { help: "Lookups that did not find their key." }),
  received: counter("redis_net_input_bytes_total", [], { help: "Bytes received from clients." }),
  sent: counter("redis_net_output_bytes_total", [], { help: "Bytes sent to clients." }),
  slowCommands: gauge("redis_slowlog_last_id", [], {
    help: "ID of the newest entry in the slow log. IDs start again at each restart.",
  }),
  lastSlowCommand: gauge("redis_last_slow_execution_duration_seconds", [], {
    help: "Duration of the newest command in the slow log.",
  }),

  clients: gauge("redis_connected_clients", [], { help: "Client connections, including the exporter's." }),
  maxClients: gauge("redis_config_maxclients", [], { help: "Maximum number of client connections." }),
  blockedClients: gauge("redis_blocked_clients", [], { help: "Clients that wait in a blocking command." }),
  connections: counter("redis_connections_received_total", [], { help: "Connections that were accepted." }),
  rejectedConnections: counter("redis_rejected_connections_total", [], {
    help: "Connections that were rejected because the maximum was reached.",
  }),
  memoryUsed: gauge("redis_memory_used_bytes", [], { help: "Memory that data and buffers use." }),
  memoryMax: gauge("redis_memory_max_bytes", [], { help: "`maxmemory`. 0 if there is no limit." }),
  memoryResident: gauge("redis_memory_used_rss_bytes", [], {
    help: "Memory that the operating system has allocated to Redis.",
  }),
  cpuUser: counter("redis_cpu_user_main_thread_seconds_total", [], {
    help: "User CPU time of the thread that runs commands.",
  }),
  cpuSystem: counter("redis_cpu_sys_main_thread_seconds_total", [], {
    help: "System CPU time of the thread that runs commands.",
  }),

  keys: gauge("redis_db_keys", byDatabase, { help: "Keys of a database." }),
  expiringKeys: gauge("redis_db_keys_expiring", byDatabase, { help: "Keys with an expiry." }),
  evicted: counter("redis_evicted_keys_total", [], { help: "Keys that were evicted because memory was full." }),
  expired: counter("redis_expired_keys_total", [], { help: "Keys that expired." }),
  snapshotSucceeded: gauge("redis_rdb_last_bgsave_status", [], {
    help: "1 if the last snapshot succeeded.",
    unit: "flag",
  }),
  appendSucceeded: gauge("redis_aof_last_write_status", [], {
    help: "1 if the last write to the append-only file succeeded, or if there is no such file.",
    unit: "flag",
  }),
  lastSnapshot: gauge("redis_rdb_last_save_timestamp_seconds", [], {
    help: "Unix time of the last snapshot.",
  }),
  unsavedChanges: gauge("redis_rdb_changes_since_last_save", [], { help: "Changes since the last snapshot." }),
};
