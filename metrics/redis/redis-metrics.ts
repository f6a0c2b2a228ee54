import { closed, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const redisJob = exporterJob("redis-exporter");

const { counter, gauge } = source(redisJob);
const byCommand = ["cmd"];
const byDatabase = ["db"];

/**
 * Redis, which is the broker of Celery's tasks and the ERP's cache in one. While the exporter does not reach it, `up`
 * says 0 and all the others are gone.
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
      help: "Always 1: what it is, and what it does when its memory is full.",
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
  startTime: gauge("redis_start_time_seconds", [], { help: "When it started, in Unix time." }),
  loading: gauge("redis_loading_dump_file", [], {
    help: "1 while it reads its data after a start, and serves nobody.",
    unit: "flag",
  }),

  commands: counter("redis_commands_total", byCommand, { help: "Calls of a command." }),
  commandDuration: counter("redis_commands_duration_seconds_total", byCommand, {
    help: "Time that calls of a command took inside Redis.",
  }),
  failedCalls: counter("redis_commands_failed_calls_total", byCommand, { help: "Calls that failed while they ran." }),
  rejectedCalls: counter("redis_commands_rejected_calls_total", byCommand, {
    help: "Calls that were refused before they ran.",
  }),
  errors: counter("redis_errors_total", ["err"], {
    help: "Answers that were an error, by its first word; a kind that never happened has no series.",
    values: {
      err: open("modules and scripts add words", [
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
  misses: counter("redis_keyspace_misses_total", [], { help: "Lookups that did not." }),
  received: counter("redis_net_input_bytes_total", [], { help: "Bytes from clients." }),
  sent: counter("redis_net_output_bytes_total", [], { help: "Bytes to clients." }),
  slowCommands: gauge("redis_slowlog_last_id", [], {
    help: "Number of the newest entry in the slow log, which counts them up from each start.",
  }),
  lastSlowCommand: gauge("redis_last_slow_execution_duration_seconds", [], {
    help: "How long the newest command in the slow log took.",
  }),

  clients: gauge("redis_connected_clients", [], { help: "Connections of clients, the exporter's own included." }),
  maxClients: gauge("redis_config_maxclients", [], { help: "Connections that it accepts at most." }),
  blockedClients: gauge("redis_blocked_clients", [], { help: "Clients that wait for something to arrive." }),
  connections: counter("redis_connections_received_total", [], { help: "Connections that were accepted." }),
  rejectedConnections: counter("redis_rejected_connections_total", [], {
    help: "Connections that were refused because there were too many.",
  }),
  memoryUsed: gauge("redis_memory_used_bytes", [], { help: "Memory that its data and buffers take." }),
  memoryMax: gauge("redis_memory_max_bytes", [], { help: "`maxmemory`; 0 where there is no limit." }),
  memoryResident: gauge("redis_memory_used_rss_bytes", [], {
    help: "Memory that the operating system gave it.",
  }),
  cpuUser: counter("redis_cpu_user_main_thread_seconds_total", [], {
    help: "CPU time of the one thread that runs commands.",
  }),
  cpuSystem: counter("redis_cpu_sys_main_thread_seconds_total", [], {
    help: "CPU time that the system spent for that thread.",
  }),

  keys: gauge("redis_db_keys", byDatabase, { help: "Keys of a database." }),
  expiringKeys: gauge("redis_db_keys_expiring", byDatabase, { help: "Keys that go by themselves at some time." }),
  evicted: counter("redis_evicted_keys_total", [], { help: "Keys that were thrown away because memory was full." }),
  expired: counter("redis_expired_keys_total", [], { help: "Keys whose time was over." }),
  snapshotSucceeded: gauge("redis_rdb_last_bgsave_status", [], {
    help: "1 when the last snapshot was written.",
    unit: "flag",
  }),
  appendSucceeded: gauge("redis_aof_last_write_status", [], {
    help: "1 when the last write to the append-only file succeeded, and where there is no such file.",
    unit: "flag",
  }),
  lastSnapshot: gauge("redis_rdb_last_save_timestamp_seconds", [], {
    help: "When the last snapshot was written, in Unix time.",
  }),
  unsavedChanges: gauge("redis_rdb_changes_since_last_save", [], { help: "Changes that no snapshot holds yet." }),
};
